package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of a reservation: when, what, by whom and why, and what was otherwise before.
 *
 * @param version of the reservation, as the change made it
 * @param kind the last word of the event's type
 * @param overrides limits that were set aside, by name
 * @param previous every member that differs, as it was; of guest and note only that they do
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HistoryEntry(
        long version,
        String at,
        String kind,
        ActorView actor,
        String cause,
        List<String> overrides,
        Optional<Map<String, Object>> previous) {

    /** @param id the subject or client of a token, so that the house knows who it was; of a guest, the publishable key, if any */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ActorView(String kind, Optional<String> id) {}

    static HistoryEntry of(long version, Instant at, JsonObject told) {
        return new HistoryEntry(
                version,
                at.toString(),
                told.getString("kind"),
                new ActorView(told.getString("actor"), Optional.ofNullable(told.getString("actorId"))),
                told.getString("cause"),
                told.getJsonArray("overrides", new JsonArray()).stream()
                        .map(Object::toString)
                        .toList(),
                Optional.ofNullable(told.getJsonObject("previous")).map(JsonObject::getMap));
    }
}
