package io.lasttable.availability.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The whole availability of a day as booking-service published it. Time passes here: see {@link #openFor}. */
public record Day(DayKey key, long version, Duration minNotice, List<Slot> slots) {

    public Day {
        slots = List.copyOf(slots);
        if (version < 1 || minNotice.isNegative()) {
            throw new IllegalArgumentException("version " + version + ", minNotice " + minNotice);
        }
    }

    /** Whether a slot can still be booked: it has not begun and does not lie inside the minimum notice. */
    public boolean isBookable(Slot slot, Instant now) {
        return slot.startsAt().isAfter(now) && !slot.startsAt().isBefore(now.plus(minNotice));
    }

    /** The slots that the party can book now, in order. */
    public List<Slot> openFor(PartySize party, Instant now) {
        return slots.stream()
                .filter(slot -> slot.leftFor(party) > 0 && isBookable(slot, now))
                .toList();
    }

    /** Whether the passing of time has taken slots away since this version was published. */
    public boolean hasPassedSlots(Instant now) {
        return slots.stream().anyMatch(slot -> !isBookable(slot, now));
    }
}
