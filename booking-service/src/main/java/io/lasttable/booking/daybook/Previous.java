package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a reservation was before it was moved or changed: every member that differs, of a move date and time in any case. Of
 * guest, note and labels only that they differ, since they are personal or may be.
 *
 * @param status in the history; a move or change leaves it as it is
 * @param personal those of them that differ
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Previous(
        Optional<String> date,
        Optional<String> time,
        Optional<String> startsAt,
        Optional<String> endsAt,
        Optional<Integer> partySize,
        Optional<List<String>> tables,
        Optional<String> area,
        Optional<String> status,
        List<String> personal) {

    static Previous of(Reservation before, Reservation after) {
        boolean moved = differs(before, after, Reservation::date)
                || differs(before, after, Reservation::time)
                || differs(before, after, Reservation::tables);
        return new Previous(
                Optional.of(before.date().toString()).filter(date -> moved),
                Optional.of(before.time().toString()).filter(time -> moved),
                was(before, after, Reservation::startsAt).map(Instant::toString),
                was(before, after, Reservation::endsAt).map(Instant::toString),
                was(before, after, Reservation::partySize),
                was(before, after, Reservation::tables),
                was(before, after, Reservation::area).flatMap(area -> area),
                was(before, after, Reservation::status).map(Status::label),
                personal(before, after));
    }

    private static List<String> personal(Reservation before, Reservation after) {
        Map<String, Function<Reservation, ?>> members = new LinkedHashMap<>();
        members.put("guest", Reservation::guest);
        members.put("note", Reservation::note);
        members.put("externalId", reservation -> reservation.labels().externalId());
        members.put("metadata", reservation -> reservation.labels().metadata());
        return members.keySet().stream()
                .filter(name -> differs(before, after, members.get(name)))
                .toList();
    }

    private static <T> Optional<T> was(Reservation before, Reservation after, Function<Reservation, T> member) {
        return differs(before, after, member) ? Optional.of(member.apply(before)) : Optional.empty();
    }

    private static boolean differs(Reservation before, Reservation after, Function<Reservation, ?> member) {
        return !member.apply(before).equals(member.apply(after));
    }
}
