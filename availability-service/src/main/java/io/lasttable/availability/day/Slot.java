package io.lasttable.availability.day;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;

/** A start time of a day, with the tables or combinations left per party size; a size that is not named has none. */
public record Slot(LocalTime time, Instant startsAt, Map<Integer, Integer> left) {

    public Slot {
        left = Map.copyOf(left);
    }

    public int leftFor(PartySize party) {
        return left.getOrDefault(party.value(), 0);
    }
}
