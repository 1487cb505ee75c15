package io.lasttable.booking.day;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * What a party waits for: any start from {@code from} to {@code to}, both included.
 *
 * @param to earlier than {@code from} when the range passes midnight; it belongs to {@code date} all the same
 * @param area only tables of this area; absent means anywhere
 */
public record WaitlistWish(LocalDate date, LocalTime from, LocalTime to, int partySize, Optional<String> area) {

    /** By the clock of the service date, on which half past midnight comes after eleven. */
    boolean includes(Slot slot) {
        Duration first = Duration.ofSeconds(from.toSecondOfDay());
        Duration last = Duration.ofSeconds(to.toSecondOfDay()).plusDays(passesMidnight() ? 1 : 0);
        return includes(slot.clock(), first, last) || includes(slot.clock(), first.plusDays(1), last.plusDays(1));
    }

    private static boolean includes(Duration clock, Duration first, Duration last) {
        return clock.compareTo(first) >= 0 && clock.compareTo(last) <= 0;
    }

    boolean passesMidnight() {
        return to.isBefore(from);
    }

    Wish at(LocalTime time) {
        return new Wish(date, time, partySize, area, List.of(), false);
    }
}
