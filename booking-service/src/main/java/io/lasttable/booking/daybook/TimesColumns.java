package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Times;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a reservation's times. What only has the status that it was made with needs the first alone, so that a booking
 * writes eight bytes.
 */
final class TimesColumns {

    static final String TYPES = "created_at timestamptz, times jsonb";

    private TimesColumns() {}

    static JsonObject put(JsonObject row, Times times) {
        times.createdAt().ifPresent(at -> row.put("created_at", at.toString()));
        boolean isAsMade = times.reached().size() == 1
                && times.createdAt().filter(times.reached()::containsValue).isPresent();
        if (!isAsMade && !times.reached().isEmpty()) {
            JsonObject reached = new JsonObject();
            times.reached().forEach((status, at) -> reached.put(status.label(), at.toString()));
            row.put("times", reached);
        }
        return row;
    }

    /** @param at position of the first of them */
    static Times read(Row row, int at, Status status) {
        OffsetDateTime created = row.getOffsetDateTime(at);
        Object reached = row.getValue(at + 1);
        if (reached instanceof JsonObject times) {
            return new Times(Optional.ofNullable(created).map(OffsetDateTime::toInstant), instants(times));
        }
        return created == null ? Times.UNKNOWN : Times.made(status, created.toInstant());
    }

    private static Map<Status, Instant> instants(JsonObject times) {
        Map<Status, Instant> instants = new HashMap<>();
        times.forEach(each -> instants.put(Status.ofLabel(each.getKey()), Instant.parse((String) each.getValue())));
        return instants;
    }
}
