package io.lasttable.notify.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.delivery.TestConnection;
import io.lasttable.notify.delivery.TestFormat;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What happens to a watcher when something is not as it should be. */
class DayWatchesTest {

    private static final DayKey KEY = new DayKey("venue", LocalDate.of(2026, 11, 28));
    private static final long PATIENCE = 10_000;
    private static final long VERSION_OF_ANOTHER_HISTORY = 99;

    private final Random random = new Random(1);
    private final TestFormat format = new TestFormat();
    private final TestConnection connection = new TestConnection(format, true);
    private final TestConnection other = new TestConnection(format, true);
    private final DayWatches watches = new DayWatches(new Nowhere(), served -> {}, PATIENCE);
    private final DayState first = TestDays.first(KEY, random);
    private final DayState second = TestDays.next(first, random);

    /** States come from the test alone. */
    private static final class Nowhere implements DaySource {
        @Override
        public void follow(DayKey key) {}

        @Override
        public void leave(DayKey key) {}

        @Override
        public Optional<DayState> recent(DayKey key) {
            return Optional.empty();
        }

        @Override
        public void fetch(DayKey key) {}
    }

    private void take(DayState state) {
        watches.take(state);
        flush();
    }

    private void flush() {
        watches.beginFlush();
        while (watches.flush(1)) {}
    }

    @Test
    void whoNamesAVersionOfAnotherHistoryStartsOver() {
        watches.watch(connection.outbox(), "a", KEY, VERSION_OF_ANOTHER_HISTORY, true);
        take(first);
        watches.startOver(PATIENCE - 1, true);
        assertThat(connection.read()).isNull();
        watches.startOver(PATIENCE, true);
        assertThat(connection.read())
                .startsWith("{\"op\":\"day\",\"ref\":\"a\",\"restarted\":true,")
                .contains("\"version\":1,");
        take(second);
        assertThat(connection.read()).contains("\"version\":2,").doesNotContain("restarted");
        assertThat(connection.read()).isNull();
        assertThat(format.unreleased()).isZero();
    }

    @Test
    void nobodyStartsOverWhileTheVersionMayStillCome() {
        watches.watch(connection.outbox(), "a", KEY, 2, true);
        take(first);
        watches.startOver(PATIENCE, false);
        assertThat(connection.read()).isNull();
        take(second);
        watches.startOver(3 * PATIENCE, true);
        assertThat(connection.read()).contains("\"op\":\"current\"");
        assertThat(connection.read()).isNull();
    }

    @Test
    void nobodyStartsOverBeforeTheDayIsKnown() {
        watches.watch(connection.outbox(), "a", KEY, VERSION_OF_ANOTHER_HISTORY, false);
        watches.startOver(PATIENCE, true);
        assertThat(connection.read()).isNull();
        take(first);
        watches.startOver(2 * PATIENCE, true);
        assertThat(connection.read()).contains("\"restarted\":true");
    }

    @Test
    void aFrameThatCannotBeMadeKeepsNobodyFromTheNewsForLong() {
        watches.watch(connection.outbox(), "a", KEY, 0, false);
        watches.watch(other.outbox(), "b", KEY, 0, false);
        take(first);
        assertThat(connection.read()).contains("\"version\":1,");
        assertThat(other.read()).contains("\"version\":1,");

        format.fail(1);
        take(second);
        assertThat(watches.takeFailure()).isInstanceOf(OutOfMemoryError.class);
        assertThat(other.read()).contains("\"version\":2,");
        assertThat(watches.hasChanges()).isTrue();

        flush();
        assertThat(watches.takeFailure()).isNull();
        assertThat(connection.read()).contains("\"version\":2,");
        assertThat(other.read()).isNull();
        assertThat(format.unreleased()).isZero();
    }
}
