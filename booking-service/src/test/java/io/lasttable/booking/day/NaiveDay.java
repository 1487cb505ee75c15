package io.lasttable.booking.day;

import io.lasttable.booking.venue.TableOption;
import io.lasttable.booking.venue.Venue;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;

/** Counting by trying everything: no index, no order, no cleverness. */
final class NaiveDay {

    private NaiveDay() {}

    static int left(Day day, String time, int party, Instant now) {
        Venue venue = day.plan().venue();
        Slot slot = day.plan().grid().at(LocalTime.parse(time)).orElseThrow();
        List<Stay> stays = day.occupancy().stays().stream()
                .filter(stay ->
                        stay.expiresAt().isEmpty() || stay.expiresAt().get().isAfter(now))
                .toList();
        int starting = stays.stream()
                .filter(stay -> stay.startsAt().equals(slot.startsAt()))
                .mapToInt(Stay::partySize)
                .sum();
        if (starting + party > slot.period().maxCoversPerSlot().orElse(Integer.MAX_VALUE)) {
            return 0;
        }
        Instant end = slot.startsAt().plus(slot.turnTime(party).orElseThrow());
        return (int) venue.tableOptions()
                .filter(seats -> seats.fits(party))
                .filter(seats -> isFree(seats, stays, slot.startsAt(), end))
                .count();
    }

    private static boolean isFree(TableOption seats, List<Stay> stays, Instant from, Instant until) {
        return stays.stream()
                .filter(stay -> stay.startsAt().isBefore(until) && from.isBefore(stay.until()))
                .flatMap(stay -> stay.tables().stream())
                .noneMatch(seats.tables()::contains);
    }

    static boolean fits(Venue venue, Reservation made) {
        return venue.tableOptions()
                .anyMatch(seats -> new HashSet<>(seats.tables()).equals(new HashSet<>(made.tables()))
                        && seats.fits(made.partySize()));
    }
}
