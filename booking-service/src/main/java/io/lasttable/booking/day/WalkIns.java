package io.lasttable.booking.day;

import io.lasttable.booking.venue.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Which service date a party that walks in now belongs to. */
public final class WalkIns {

    private WalkIns() {}

    /** Yesterday's while its service still seats past midnight, else today's. */
    public static LocalDate serviceDate(Venue venue, Instant now) {
        LocalDate yesterday = venue.today(now).minusDays(1);
        Wish anyone = new Wish(yesterday, java.time.LocalTime.MIDNIGHT, 1, java.util.Optional.empty(), List.of(), true);
        boolean stillYesterday = new Bookability(new DayPlan(venue, yesterday), now)
                .slotOf(anyone)
                .isPresent();
        return stillYesterday ? yesterday : venue.today(now);
    }
}
