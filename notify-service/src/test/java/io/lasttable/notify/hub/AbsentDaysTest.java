package io.lasttable.notify.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.snapshot.Answer.Missing;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AbsentDaysTest {

    private static final Missing<DayState> VENUE = new Missing<>("unknown-venue", "");
    private static final Missing<DayState> DAY = new Missing<>("unknown-day", "");

    private long now;
    private final AbsentDays absent = new AbsentDays(() -> now);

    private static DayKey day(String venueId, int ofMonth) {
        return new DayKey(venueId, LocalDate.of(2026, 11, ofMonth));
    }

    @Test
    void anUnknownVenueHasNoDayAtAll() {
        absent.add(day("nowhere", 1), VENUE);
        assertThat(absent.of(day("nowhere", 2))).isSameAs(VENUE);
        assertThat(absent.of(day("elsewhere", 1))).isNull();
    }

    @Test
    void anUnknownDaySaysNothingOfOthers() {
        absent.add(day("here", 1), DAY);
        assertThat(absent.of(day("here", 1))).isSameAs(DAY);
        assertThat(absent.of(day("here", 2))).isNull();
    }

    @Test
    void isForgottenSoonAlsoIfAskedForAgainAndAgain() {
        absent.add(day("nowhere", 1), VENUE);
        now = AbsentDays.KEPT_NANOS - 1;
        absent.add(day("nowhere", 1), VENUE);
        assertThat(absent.of(day("nowhere", 1))).isSameAs(VENUE);
        now++;
        assertThat(absent.of(day("nowhere", 1))).isNull();
    }
}
