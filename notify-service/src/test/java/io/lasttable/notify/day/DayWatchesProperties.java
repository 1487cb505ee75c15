package io.lasttable.notify.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of a scripted platform: what the writer commits, what the read side knows and when it answers, who
 * watches, reads, stalls and comes back, on two event loops.
 */
class DayWatchesProperties {

    @Property(tries = 400)
    void everyWatcherEndsAtTheNewestStateAndNeverGoesBack(@ForAll long seed) {
        Random random = new Random(seed);
        LivePlatform platform = new LivePlatform(random);
        for (int step = 0; step < 300; step++) {
            platform.step();
        }
        platform.settle();
        platform.browsers().forEach(browser -> browser.hasNewest(platform));
        assertThat(platform.unreleasedFrames()).isZero();
    }

    @Test
    void whatNobodyWatchesIsForgotten() {
        LivePlatform platform = new LivePlatform(new Random(1));
        for (int step = 0; step < 300; step++) {
            platform.step();
        }
        platform.settle();
        platform.closeAll();
        assertThat(platform.watchedDays()).isZero();
        assertThat(platform.followedDays()).isZero();
        assertThat(platform.unreleasedFrames()).isZero();
    }
}
