package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.Granted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one transaction makes of the days whose locks it holds: nearly always one, two for a move from one date to another.
 *
 * @param days after the step, by date; the version of those that changed is one higher
 * @param decisions one for each request, in order
 * @param reservationChanges in order, holds that ran out included
 * @param waitlistChanges in order
 * @param tickets of those in line whose place is another one
 * @param reached dates that neighbours or the clock have changed: they have a new version as well
 */
public record DayStep(
        SortedMap<LocalDate, Day> days,
        List<Decision> decisions,
        List<ReservationChange> reservationChanges,
        List<WaitlistChange> waitlistChanges,
        Map<UUID, Long> tickets,
        Set<LocalDate> reached) {

    /** @param stored answers to requests that were granted before, by key */
    public static DayStep of(
            SortedMap<LocalDate, Day> before,
            List<Request> requests,
            Map<String, Receipt.Stored> stored,
            Rules rules,
            Instant now) {
        return new StepBuilder(before, stored, rules, now).through(requests, Set.of());
    }

    /** Time passes, and days that neighbours have reached into, or a cut-off of which has passed, are published anew. */
    public static DayStep passing(SortedMap<LocalDate, Day> before, Set<LocalDate> reached, Rules rules, Instant now) {
        return new StepBuilder(before, Map.of(), rules, now).through(List.of(), reached);
    }

    /** The same decisions, none of them carried out. */
    public DayStep unwritten() {
        return new DayStep(days, decisions, List.of(), List.of(), Map.of(), Set.of());
    }

    public boolean writes() {
        return !reservationChanges.isEmpty() || !waitlistChanges.isEmpty() || !reached.isEmpty();
    }

    public boolean grantsAll() {
        return decisions.stream().allMatch(decision -> decision instanceof Granted);
    }

    /** The days that have a new version: those of the reservations that changed, before and after. */
    public List<Day> changedDays() {
        return days.values().stream().filter(this::isChanged).toList();
    }

    private boolean isChanged(Day day) {
        LocalDate date = day.plan().date();
        return reached.contains(date)
                || reservationChanges.stream()
                        .anyMatch(change -> change.after().date().equals(date)
                                || change.before()
                                        .filter(was -> was.date().equals(date))
                                        .isPresent());
    }

    /** The state of each day after the step, as everybody may see it. */
    public Map<LocalDate, DayDocument> states(Instant now) {
        Map<LocalDate, DayDocument> states = new HashMap<>();
        days.forEach((date, day) -> states.put(date, day.document(now)));
        return states;
    }

    /** What the step has done to tables: every stay that came or went. */
    public Stream<Stay> stays() {
        return reservationChanges.stream()
                .flatMap(change -> Stream.concat(change.before().stream(), Stream.of(change.after())))
                .filter(reservation -> reservation.status().occupies())
                .map(Reservation::stay);
    }

    /** Each changed reservation once, as the step leaves it. */
    public List<Reservation> changedReservations() {
        Map<UUID, Reservation> last = new LinkedHashMap<>();
        reservationChanges.forEach(change -> last.put(change.after().id(), change.after()));
        return List.copyOf(last.values());
    }

    /** Each changed waitlist entry once, as the step leaves it, in the order in which they joined. */
    public List<WaitlistEntry> changedEntries() {
        Map<UUID, WaitlistEntry> last = new LinkedHashMap<>();
        waitlistChanges.forEach(change -> last.put(change.after().id(), change.after()));
        return List.copyOf(last.values());
    }
}
