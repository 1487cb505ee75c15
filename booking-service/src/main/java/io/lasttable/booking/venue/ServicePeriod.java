package io.lasttable.booking.venue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A shift: parties may start every {@code slotInterval} from {@code firstSeating} to {@code lastSeating}, both included.
 *
 * @param days weekdays on which it runs; empty inside a special day, where it runs on that date
 * @param lastSeating earlier than {@code firstSeating} when the service runs past midnight
 * @param turnTimes ascending by party size; a party above the last one is too large for this period
 * @param maxCoversPerSlot pacing: guests that may start in one slot; no limit when absent
 */
public record ServicePeriod(
        String name,
        Set<DayOfWeek> days,
        LocalTime firstSeating,
        LocalTime lastSeating,
        Duration slotInterval,
        List<TurnTime> turnTimes,
        OptionalInt maxCoversPerSlot) {

    public ServicePeriod {
        days = Set.copyOf(days);
        turnTimes = List.copyOf(turnTimes);
    }

    /** The turn time of a party; empty when the period does not take parties of this size. */
    public Optional<Duration> turnTime(int partySize) {
        return turnTimes.stream()
                .filter(turn -> partySize <= turn.upToPartySize())
                .map(TurnTime::duration)
                .findFirst();
    }

    /** Minutes from midnight of the service date to the last seating; past midnight it exceeds 1440. */
    int lastSeatingMinute() {
        int last = lastSeating.toSecondOfDay() / 60;
        return lastSeating.isBefore(firstSeating) ? last + 24 * 60 : last;
    }

    int firstSeatingMinute() {
        return firstSeating.toSecondOfDay() / 60;
    }

    /** Whether both offer seatings at the same time of a day. */
    boolean overlaps(ServicePeriod other) {
        return firstSeatingMinute() <= other.lastSeatingMinute() && other.firstSeatingMinute() <= lastSeatingMinute();
    }
}
