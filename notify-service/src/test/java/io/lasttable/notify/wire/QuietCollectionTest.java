package io.lasttable.notify.wire;

import static io.lasttable.notify.wire.QuietCollection.FEW;
import static io.lasttable.notify.wire.QuietCollection.MANY;
import static io.lasttable.notify.wire.QuietCollection.QUIET_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuietCollectionTest {

    private final QuietCollection collection = new QuietCollection(null);

    @Test
    void waitsUntilManyHaveMoved() {
        for (long movements = 0; movements < MANY; movements += FEW) {
            assertThat(collection.isDue(movements)).isFalse();
        }
        assertThat(collection.isDue(MANY)).isTrue();
    }

    @Test
    void waitsUntilTheStormIsOver() {
        assertThat(collection.isDue(MANY)).isFalse();
        assertThat(collection.isDue(3 * MANY)).isFalse();
        assertThat(collection.isDue(3 * MANY)).isFalse();
        assertThat(collection.isDue(3 * MANY + FEW)).isFalse();
        assertThat(collection.isDue(3 * MANY + FEW + FEW + 1)).isFalse();
        assertIsDueAfterQuietSeconds(3 * MANY + FEW + FEW + 1);
    }

    @Test
    void isDueOnceForEachStorm() {
        assertThat(collection.isDue(2 * MANY)).isFalse();
        assertIsDueAfterQuietSeconds(2 * MANY);
        assertThat(collection.isDue(2 * MANY)).isFalse();
        assertThat(collection.isDue(2 * MANY + FEW)).isFalse();
        assertThat(collection.isDue(3 * MANY)).isFalse();
        assertIsDueAfterQuietSeconds(3 * MANY);
    }

    private void assertIsDueAfterQuietSeconds(long movements) {
        for (int second = 1; second < QUIET_SECONDS; second++) {
            assertThat(collection.isDue(movements)).isFalse();
        }
        assertThat(collection.isDue(movements)).isTrue();
    }
}
