package io.lasttable.availability.search;

import io.lasttable.availability.day.Day;
import io.lasttable.availability.day.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;

/** A venue that was found, with those of its days that have an open slot near the wanted time. */
record Candidate(
        String venueId,
        String name,
        String city,
        String timeZone,
        Found.Location location,
        double distance,
        int away,
        List<Day> days) {

    private static final int MOST_SLOTS = 5;

    /** The open slots nearest to the wanted time, in order of time. */
    List<Found.FoundSlot> nearest(SearchRequest request, Duration window, Instant now) {
        LocalDateTime wanted = request.date().atTime(request.time());
        return days.stream()
                .flatMap(day -> day.openFor(request.party(), now).stream().map(slot -> Near.of(day, slot, wanted)))
                .filter(near -> near.away().compareTo(window) <= 0)
                .sorted(Comparator.comparing(Near::away))
                .limit(MOST_SLOTS)
                .sorted(Comparator.comparing(near -> near.slot().startsAt()))
                .map(near -> near.found(request))
                .toList();
    }

    private record Near(Day day, Slot slot, Duration away) {

        static Near of(Day day, Slot slot, LocalDateTime wanted) {
            return new Near(
                    day, slot, Duration.between(wanted, day.localStart(slot)).abs());
        }

        Found.FoundSlot found(SearchRequest request) {
            return new Found.FoundSlot(
                    day.key().date().toString(),
                    slot.time().toString(),
                    slot.startsAt().toString(),
                    slot.leftFor(request.party()),
                    day.version());
        }
    }
}
