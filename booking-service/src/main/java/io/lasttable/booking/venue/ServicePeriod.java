package io.lasttable.booking.venue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A shift: parties may start every {@code slotInterval} from {@code firstSeating} to {@code lastSeating}, both included.
 *
 * @param days weekdays on which it runs; empty inside a special day, where it runs on that date
 * @param lastSeating earlier than {@code firstSeating} when the service runs past midnight
 * @param turnTimes ascending by party size; a party above the last one is too large for this period
 * @param maxCoversPerSlot pacing: guests that may start in one slot; no limit when absent
 * @param sameDayCutoff in place of the venue's
 * @param floorPlan where it seats
 */
public record ServicePeriod(
        String name,
        Set<DayOfWeek> days,
        LocalTime firstSeating,
        LocalTime lastSeating,
        Duration slotInterval,
        List<TurnTime> turnTimes,
        OptionalInt maxCoversPerSlot,
        Optional<LocalTime> sameDayCutoff,
        FloorPlan floorPlan) {

    private static final int DAY = 24 * 60;

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
        return lastSeating.isBefore(firstSeating) ? last + DAY : last;
    }

    int firstSeatingMinute() {
        return firstSeating.toSecondOfDay() / 60;
    }

    /**
     * Whether both offer seatings at the same time of day, be it past midnight in one of them: a date has each time of day
     * once, so one of the two would vanish.
     */
    boolean overlaps(ServicePeriod other) {
        return IntStream.of(-DAY, 0, DAY)
                .anyMatch(shift -> firstSeatingMinute() <= other.lastSeatingMinute() + shift
                        && other.firstSeatingMinute() + shift <= lastSeatingMinute());
    }

    /** The longest that any party keeps its tables. */
    public Duration longestTurn() {
        return turnTimes.stream()
                .map(TurnTime::duration)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** From midnight of the service date until the last party has left that may sit down in the last slot's interval. */
    public Duration lastEnd() {
        return Duration.ofMinutes(lastSeatingMinute()).plus(slotInterval).plus(longestTurn());
    }
}
