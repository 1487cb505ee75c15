package io.lasttable.booking.day;

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

    boolean includes(LocalTime time) {
        boolean afterFrom = !time.isBefore(from);
        boolean beforeTo = !time.isAfter(to);
        return to.isBefore(from) ? afterFrom || beforeTo : afterFrom && beforeTo;
    }

    Wish at(LocalTime time) {
        return new Wish(date, time, partySize, area, List.of(), false);
    }
}
