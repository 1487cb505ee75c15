package io.lasttable.booking.day;

import io.lasttable.booking.venue.FloorPlan;
import io.lasttable.booking.venue.ServicePeriod;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a version of a venue makes of a date: its slots and its floor. Computed once and shared by all who decide. */
public final class DayPlan {

    /** A start before the second midnight, half a day of a slot's interval and a day's turn reach three dates further. */
    public static final int FARTHEST = 3;

    private static final Duration LONGEST_TURN = Duration.ofHours(24);
    private static final Duration CLOCK_CHANGE = Duration.ofHours(2);

    private final Venue venue;
    private final LocalDate date;
    private final SlotGrid grid;
    private final Floor floor;
    private final Map<ServicePeriod, Floor> parts = new IdentityHashMap<>();
    private final int reach;
    private final int datesMet;

    public DayPlan(Venue venue, LocalDate date) {
        this.venue = venue;
        this.date = date;
        this.grid = SlotGrid.of(venue, date);
        this.floor = new Floor(venue, FloorPlan.WHOLE);
        venue.servicePeriods(date).stream()
                .filter(period -> !period.floorPlan().isWhole())
                .forEach(period -> parts.put(period, new Floor(venue, period.floorPlan())));
        this.reach = farthest();
        this.datesMet = countDatesMet();
    }

    public Venue venue() {
        return venue;
    }

    public LocalDate date() {
        return date;
    }

    public SlotGrid grid() {
        return grid;
    }

    Floor floor() {
        return floor;
    }

    /** What of it the service of a slot seats in. */
    Floor floor(Slot slot) {
        return parts.isEmpty() ? floor : parts.getOrDefault(slot.period(), floor);
    }

    /** What of it seats somebody who starts at an instant; all of it before the first service. */
    Floor floor(Instant startsAt) {
        return parts.isEmpty() ? floor : grid.ruling(startsAt).map(this::floor).orElse(floor);
    }

    /** Whether a stay, of whatever date, takes from what some slot of this date has left. */
    public boolean isReachedBy(Stay stay) {
        Instant ready = stay.until().plus(floor.longestBuffer());
        return grid.slots().stream()
                .anyMatch(slot -> slot.startsAt().isBefore(ready) && ready(slot).isAfter(stay.startsAt()));
    }

    /**
     * How many dates beyond its own a stay of this venue may reach: one, unless turns are nearly as long as a day. Clock
     * changes are allowed for.
     */
    public int reach() {
        return reach;
    }

    private int farthest() {
        Duration last = venue.allServicePeriods()
                .map(ServicePeriod::lastEnd)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return (int) Math.max(
                1,
                Math.min(
                        FARTHEST,
                        last.plus(floor.longestBuffer())
                                .plus(CLOCK_CHANGE)
                                .minusMinutes(1)
                                .toDays()));
    }

    /** Of how many dates to come, each beginning at its midnight at the earliest, stays can take from what this date offers. */
    public int datesMet() {
        return datesMet;
    }

    private int countDatesMet() {
        int met = 0;
        while (met < FARTHEST && endsAfter(date.plusDays(met + 1L))) {
            met++;
        }
        return met;
    }

    private boolean endsAfter(LocalDate next) {
        Instant midnight = next.atStartOfDay(venue.timeZone()).toInstant();
        return grid.slots().stream()
                .anyMatch(slot -> ready(slot).plus(slot.period().slotInterval()).isAfter(midnight));
    }

    /** The latest end of a stay of this date: what reaches further would not be found from the dates that it reaches. */
    Instant latestEnd() {
        return date.plusDays(reach + 1L)
                .atStartOfDay(venue.timeZone())
                .toInstant()
                .minus(floor.longestBuffer());
    }

    boolean mayEnd(Instant end, Instant startsAt, Instant now) {
        return end.isAfter(now) && end.isAfter(startsAt) && !end.isAfter(latestEnd());
    }

    Refusal.Mistaken wrongEnd() {
        return new Refusal.Mistaken(
                "/endsAt", "must be to come, after the start, and " + latestEnd() + " at the latest");
    }

    /** By the venue's clock: after a gap the clock has been put forward by, a repeated time the first time round. */
    Instant instant(LocalDate on, LocalTime time) {
        return SlotGrid.onTheClock(on.atTime(time), venue.timeZone());
    }

    /** When the tables of whoever starts there and stays longest can be given again. */
    private Instant ready(Slot slot) {
        return slot.startsAt().plus(slot.longestTurn()).plus(floor.longestBuffer());
    }

    /** Stays that end before this instant are of no interest to the day. */
    public Instant from() {
        List<Slot> slots = grid.slots();
        return slots.isEmpty()
                ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
                : slots.get(0).startsAt().minus(floor.longestBuffer());
    }

    /** Stays that start from this instant on are of no interest to the day. */
    public Instant until() {
        List<Slot> slots = grid.slots();
        return slots.isEmpty()
                ? from()
                : slots.get(slots.size() - 1).startsAt().plus(LONGEST_TURN).plus(floor.longestBuffer());
    }
}
