package io.lasttable.booking.day;

import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a version of a venue makes of a date: its slots and its floor. Computed once and shared by all who decide. */
public final class DayPlan {

    private static final Duration LONGEST_TURN = Duration.ofHours(24);

    private final Venue venue;
    private final LocalDate date;
    private final SlotGrid grid;
    private final Floor floor;

    public DayPlan(Venue venue, LocalDate date) {
        this.venue = venue;
        this.date = date;
        this.grid = SlotGrid.of(venue, date);
        this.floor = new Floor(venue);
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

    /** Whether a stay, of whatever date, takes from what some slot of this date has left. */
    public boolean isReachedBy(Stay stay) {
        return grid.slots().stream()
                .anyMatch(slot -> slot.startsAt().isBefore(stay.until())
                        && slot.startsAt().plus(slot.longestTurn()).isAfter(stay.startsAt()));
    }

    /** Whether stays of the next date, which begin at its midnight at the earliest, can take from what this date offers. */
    public boolean mayMeetNextDate() {
        Instant midnight = date.plusDays(1).atStartOfDay(venue.timeZone()).toInstant();
        return grid.slots().stream().anyMatch(slot -> lastEnd(slot).isAfter(midnight));
    }

    /** A walk-in may sit down at any minute of the slot's interval. */
    private static Instant lastEnd(Slot slot) {
        return slot.startsAt().plus(slot.period().slotInterval()).plus(slot.longestTurn());
    }

    /** Stays that end before this instant are of no interest to the day. */
    public Instant from() {
        List<Slot> slots = grid.slots();
        return slots.isEmpty()
                ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
                : slots.get(0).startsAt();
    }

    /** Stays that start from this instant on are of no interest to the day. */
    public Instant until() {
        List<Slot> slots = grid.slots();
        return slots.isEmpty() ? from() : slots.get(slots.size() - 1).startsAt().plus(LONGEST_TURN);
    }
}
