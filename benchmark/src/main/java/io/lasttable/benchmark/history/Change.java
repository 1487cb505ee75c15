package io.lasttable.benchmark.history;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A reservation as one change has left it: in an answer, in Kafka or in the database.
 *
 * @param version of the reservation
 * @param dayVersion of its day, made by the same transaction
 */
public record Change(
        String id,
        DayKey day,
        String status,
        long version,
        long dayVersion,
        Instant from,
        Instant to,
        List<String> tables) {

    private static final Set<String> ACTIVE = Set.of("held", "confirmed", "seated");

    /** From a reservation of the REST API or of {@code lasttable.reservations.v1}. */
    public static Change of(JsonObject reservation) {
        return new Change(
                reservation.getString("id"),
                new DayKey(reservation.getString("venueId"), reservation.getString("date")),
                reservation.getString("status"),
                reservation.getLong("version"),
                reservation.getLong("dayVersion"),
                reservation.getInstant("startsAt"),
                reservation.getInstant("endsAt"),
                reservation.getJsonArray("tables").stream().map(String::valueOf).toList());
    }

    boolean isActive() {
        return ACTIVE.contains(status);
    }

    boolean overlaps(Instant otherFrom, Instant otherTo) {
        return from.isBefore(otherTo) && otherFrom.isBefore(to);
    }
}
