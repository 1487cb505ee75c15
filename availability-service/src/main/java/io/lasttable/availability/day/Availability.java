package io.lasttable.availability.day;

import io.lasttable.availability.problem.Problem;
import java.time.Instant;
import java.util.List;

/** The answer to a day read. {@code stale}: a newer version is known to exist, or the projection lags too far. */
record Availability(String venueId, String date, int partySize, long version, boolean stale, List<Open> slots) {

    /** A slot that can be booked, with the tables or combinations left for the party. */
    record Open(String time, String startsAt, int left) {

        static Open of(Slot slot, PartySize party) {
            return new Open(slot.time().toString(), slot.startsAt().toString(), slot.leftFor(party));
        }
    }

    static Availability of(DayRequest request, Day day, boolean stale, Instant now) {
        List<Open> open = day.openFor(request.party(), now).stream()
                .map(slot -> Open.of(slot, request.party()))
                .toList();
        return answer(request, day.version(), stale, open);
    }

    /** Of a day that the caller has seen and this side has not yet. */
    static Availability notYet(DayRequest request) {
        return answer(request, 0, true, List.of());
    }

    static Problem unknownDay(DayKey key) {
        return new Problem.UnknownDay(key.venue().value(), key.date().toString());
    }

    private static Availability answer(DayRequest request, long version, boolean stale, List<Open> open) {
        DayKey key = request.key();
        return new Availability(
                key.venue().value(), key.date().toString(), request.party().value(), version, stale, open);
    }
}
