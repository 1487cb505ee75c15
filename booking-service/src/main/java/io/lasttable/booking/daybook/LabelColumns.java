package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Labels;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The columns of what callers' own systems keep with reservations and waitlist entries. */
final class LabelColumns {

    static final String TYPES = "external_id text, metadata jsonb";

    private LabelColumns() {}

    static JsonObject put(JsonObject row, Labels labels) {
        labels.externalId().ifPresent(id -> row.put("external_id", id));
        return labels.metadata().isEmpty()
                ? row
                : row.put("metadata", new JsonObject(new HashMap<>(labels.metadata())));
    }

    /** @param at position of the first of them */
    static Labels read(Row row, int at) {
        String externalId = row.getString(at);
        Object metadata = row.getValue(at + 1);
        return externalId == null && metadata == null
                ? Labels.NONE
                : new Labels(Optional.ofNullable(externalId), strings(metadata));
    }

    private static Map<String, String> strings(Object metadata) {
        Map<String, String> strings = new HashMap<>();
        if (metadata instanceof JsonObject json) {
            json.forEach(entry -> strings.put(entry.getKey(), entry.getValue().toString()));
        }
        return strings;
    }
}
