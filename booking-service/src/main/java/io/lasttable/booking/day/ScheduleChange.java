package io.lasttable.booking.day;

import io.lasttable.booking.venue.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a new version of a venue makes of one of its days.
 *
 * <p>Whoever has a reservation must be able to keep it: its slot, the local time of its instant, and tables that seat the party.
 * {@link #stranded} names those who could not. A mere hold is no such reason: it ends ({@link #step}), and what the new version
 * has to give is offered to those in line in the same step, before anybody else can ask for it.
 *
 * @param before the day by the version that is replaced; absent for a new venue
 * @param after the day by the new version, with whoever is on it and in its line
 * @param turns whether it opens or closes, so that it is news in any case
 */
public record ScheduleChange(Optional<Day> before, Day after, boolean turns) {

    /** Confirmed or seated parties that could not stay where they are. */
    public List<Reservation> stranded(Instant now) {
        return after.active()
                .filter(reservation -> reservation.status() != Status.HELD)
                .filter(reservation -> reservation.endsAt().isAfter(now) && !isPossible(reservation, now))
                .toList();
    }

    private boolean isPossible(Reservation reservation, Instant now) {
        boolean begun =
                reservation.status() == Status.SEATED || !reservation.startsAt().isAfter(now);
        return readsTheSame(reservation) && seats(reservation) && (begun || hasSlot(reservation));
    }

    /** Whether its instant still is its local time: else the schedule would give that time to somebody else once more. */
    private boolean readsTheSame(Reservation reservation) {
        ZoneId zone = after.plan().venue().timeZone();
        LocalDateTime local = LocalDateTime.ofInstant(reservation.startsAt(), zone);
        LocalTime time = local.toLocalTime();
        LocalDate date = local.toLocalDate();
        return time.equals(reservation.time())
                && !date.isBefore(reservation.date())
                && !date.isAfter(reservation.date().plusDays(1));
    }

    private boolean hasSlot(Reservation reservation) {
        return after.plan()
                .grid()
                .at(reservation.time())
                .filter(slot -> slot.startsAt().equals(reservation.startsAt()))
                .filter(slot -> slot.turnTime(reservation.partySize()).isPresent())
                .isPresent();
    }

    /** Whether its service seats at its tables, with the covers that they had, or those that it needs; a combination stays one. */
    private boolean seats(Reservation reservation) {
        List<String> tables = reservation.tables();
        Floor floor = after.plan().floor(reservation.startsAt());
        Optional<Floor> was = before.map(day -> day.plan().floor(reservation.startsAt()));
        boolean apart = was.flatMap(old -> old.declared(tables)).isPresent()
                && floor.declared(tables).isEmpty();
        int had = was.map(old -> old.covers(tables)).orElse(Integer.MAX_VALUE);
        return !apart && floor.chairs(tables) > 0 && floor.covers(tables) >= Math.min(had, reservation.partySize());
    }

    private List<ReservationChange> endedHolds(Day day, Instant now) {
        return day.active()
                .filter(reservation -> reservation.status() == Status.HELD && !isPossible(reservation, now))
                .map(hold -> day.expire(hold, now))
                .toList();
    }

    /** Whether everybody is told of the day anew. Of most dates the schedule shows it, without what is free on either side. */
    private boolean isNews(Day left, Instant now) {
        return turns
                || before.filter(day -> left == after && isScheduledAlike(day)
                                || day.document(now).saysTheSameAs(left.document(now)))
                        .isEmpty();
    }

    private boolean isScheduledAlike(Day day) {
        LocalDate date = day.plan().date();
        Venue was = day.plan().venue();
        Venue is = after.plan().venue();
        return is.hasSameHouse(was) && is.servicePeriods(date).equals(was.servicePeriods(date));
    }

    /** @param changes of all dates of the venue, when they strand nobody */
    public static DayStep step(Map<LocalDate, ScheduleChange> changes, Rules rules, Instant now) {
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        changes.forEach((date, change) -> days.put(date, change.after()));
        StepState state = new StepState(days, rules, now);
        days.keySet()
                .forEach(date ->
                        new WaitlistDecider(state.on(date), now).retimed().forEach(state::retime));
        changes.forEach((date, change) ->
                change.endedHolds(state.on(date), now).forEach(end -> state.apply(end, Origin.VENUE)));
        state.passTime(Set.of());
        state.offerToAll();
        Set<LocalDate> news = new TreeSet<>();
        changes.forEach((date, change) -> {
            if (change.isNews(state.on(date), now)) {
                news.add(date);
            }
        });
        return state.step(List.of(), news);
    }
}
