package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** What becomes of the days of a venue that closes for good, once nobody is to come any more. */
public final class Closing {

    private Closing() {}

    /** Those who are to come, and so keep the venue open. */
    public static List<Reservation> toCome(List<Reservation> active, Instant now) {
        return active.stream()
                .filter(reservation ->
                        reservation.status() == Status.CONFIRMED || reservation.status() == Status.SEATED)
                .filter(reservation -> reservation.endsAt().isAfter(now))
                .toList();
    }

    /** Every day has a new version, without blocks; nobody waits any more, and holds end without being offered to anybody. */
    public static DayStep step(SortedMap<LocalDate, Day> days, Rules rules, Instant now) {
        days.replaceAll((date, day) -> day.closedBy(List.of()));
        StepState state = new StepState(days, rules, now);
        days.values().stream()
                .flatMap(day -> day.waiting().stream())
                .forEach(entry -> state.settle(entry.become(WaitlistStatus.EXPIRED), Origin.VENUE));
        days.forEach((date, day) -> day.active()
                .filter(reservation -> reservation.status() == Status.HELD)
                .forEach(hold -> state.apply(state.on(date).expire(hold, now), Origin.VENUE)));
        return state.step(List.of(), Set.copyOf(days.keySet()));
    }
}
