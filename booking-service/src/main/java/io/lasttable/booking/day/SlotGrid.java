package io.lasttable.booking.day;

import io.lasttable.booking.venue.ServicePeriod;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The start times of one service date.
 *
 * <p>Wall-clock times become instants here and nowhere else, with the venue's zone in Java: a time that a DST change
 * skips does not exist (java.time alone would shift it silently), a time that it repeats means its first occurrence. A
 * service whose last seating is earlier than its first runs past midnight and keeps its date.
 */
public final class SlotGrid {

    private final Map<LocalTime, Slot> byTime;
    private final List<Slot> slots;
    private final Set<LocalTime> skipped;

    private SlotGrid(List<Slot> slots, Set<LocalTime> skipped) {
        this.slots = List.copyOf(slots);
        this.skipped = Set.copyOf(skipped);
        this.byTime = new LinkedHashMap<>();
        slots.forEach(slot -> byTime.putIfAbsent(slot.time(), slot));
    }

    public static SlotGrid of(Venue venue, LocalDate date) {
        Map<LocalTime, Slot> found = new LinkedHashMap<>();
        Set<LocalTime> skipped = new HashSet<>();
        for (ServicePeriod period : venue.servicePeriods(date)) {
            Optional<Instant> cutoff =
                    venue.sameDayCutoff(period).map(time -> onTheClock(date.atTime(time), venue.timeZone()));
            for (LocalDateTime start : starts(period, date)) {
                LocalTime time = start.toLocalTime();
                resolve(start, venue.timeZone())
                        .ifPresentOrElse(
                                instant -> found.putIfAbsent(
                                        time, new Slot(time, instant, period, cutoff.filter(instant::isAfter))),
                                () -> skipped.add(time));
            }
        }
        List<Slot> ordered = new ArrayList<>(found.values());
        ordered.sort(Comparator.comparing(Slot::startsAt));
        return new SlotGrid(ordered, skipped);
    }

    /** The instant of a wall-clock time; empty when a DST change skips it. */
    static Optional<Instant> resolve(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty() ? Optional.empty() : Optional.of(local.toInstant(offsets.get(0)));
    }

    /** What is no start: after a gap the clock has been put forward by, a repeated time the first time round. */
    static Instant onTheClock(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).toInstant();
    }

    private static List<LocalDateTime> starts(ServicePeriod period, LocalDate date) {
        LocalDateTime first = date.atTime(period.firstSeating());
        boolean pastMidnight = period.lastSeating().isBefore(period.firstSeating());
        LocalDateTime last = (pastMidnight ? date.plusDays(1) : date).atTime(period.lastSeating());
        Duration interval = period.slotInterval();
        List<LocalDateTime> starts = new ArrayList<>();
        for (LocalDateTime start = first; !start.isAfter(last); start = start.plus(interval)) {
            starts.add(start);
        }
        return starts;
    }

    /** In order of their instants. */
    public List<Slot> slots() {
        return slots;
    }

    public Optional<Slot> at(LocalTime time) {
        return Optional.ofNullable(byTime.get(time));
    }

    /** The slot whose rules hold for a start at this instant: the last one that has begun by then. */
    Optional<Slot> ruling(Instant startsAt) {
        return slots.stream().filter(slot -> !slot.startsAt().isAfter(startsAt)).reduce((earlier, later) -> later);
    }

    /** The next cut-off that ends what some slot offers; empty once there is none to come. */
    public Optional<Instant> closesNext(Instant now) {
        return slots.stream()
                .flatMap(slot -> slot.closesAt().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Whether a service would seat at this time, had a DST change not skipped it. */
    public boolean skips(LocalTime time) {
        return skipped.contains(time);
    }

    /** Whether some service seats past the midnight that ends the date. */
    boolean passesMidnight() {
        return slots.stream().anyMatch(slot -> slot.clock().toDays() > 0);
    }

    /** Whether somebody may still sit down at an instant or later. */
    boolean seatsAfter(Instant instant) {
        return slots.stream()
                .anyMatch(slot ->
                        slot.startsAt().plus(slot.period().slotInterval()).isAfter(instant));
    }

    public boolean isClosed() {
        return slots.isEmpty() && skipped.isEmpty();
    }
}
