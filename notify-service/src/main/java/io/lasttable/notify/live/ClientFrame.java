package io.lasttable.notify.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.day.DayKey;
import java.util.Set;

/** What a client may send. */
sealed interface ClientFrame {

    record Watch(String ref, DayKey key, long version, boolean confirm) implements ClientFrame {}

    record Unwatch(String ref) implements ClientFrame {}

    /** Well-formed, but it asks for something that does not exist; the connection stays open. */
    record Refused(String ref, String code, String message) implements ClientFrame {}

    /** Not a frame of the protocol; the connection is closed. */
    record Bad(String why) implements ClientFrame {}

    ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    int LONGEST_REF = 64;

    static ClientFrame parse(String text) {
        try {
            JsonNode frame = MAPPER.readTree(text);
            return frame == null || !frame.isObject() ? new Bad("a frame is a JSON object") : parse(frame);
        } catch (JsonProcessingException e) {
            return new Bad("not JSON");
        }
    }

    private static ClientFrame parse(JsonNode frame) {
        JsonNode op = frame.path("op");
        JsonNode ref = frame.path("ref");
        if (!op.isTextual() || !ref.isTextual()) {
            return new Bad("op and ref must be strings");
        }
        if (ref.textValue().isEmpty() || ref.textValue().length() > LONGEST_REF) {
            return new Bad("ref must have 1 to " + LONGEST_REF + " characters");
        }
        return switch (op.textValue()) {
            case "watch" -> watch(ref.textValue(), frame);
            case "unwatch" ->
                knows(frame, Set.of("op", "ref")) ? new Unwatch(ref.textValue()) : new Bad("unknown field");
            default -> new Bad("unknown op");
        };
    }

    private static ClientFrame watch(String ref, JsonNode frame) {
        JsonNode version = frame.path("version");
        JsonNode confirm = frame.path("confirm");
        boolean versionGood = version.isMissingNode() || version.canConvertToLong() && version.longValue() >= 0;
        if (!knows(frame, Set.of("op", "ref", "venueId", "date", "version", "confirm"))
                || !frame.path("venueId").isTextual()
                || !frame.path("date").isTextual()
                || !versionGood
                || !confirm.isMissingNode() && !confirm.isBoolean()) {
            return new Bad("watch takes venueId, date, an optional version and an optional confirm");
        }
        return DayKey.of(frame.get("venueId").textValue(), frame.get("date").textValue())
                .<ClientFrame>map(key -> new Watch(ref, key, version.asLong(0), confirm.asBoolean(false)))
                .orElseGet(() -> new Refused(ref, "unknown-venue", "The venue id or the date is malformed."));
    }

    private static boolean knows(JsonNode frame, Set<String> fields) {
        boolean[] known = {true};
        frame.fieldNames().forEachRemaining(name -> known[0] &= fields.contains(name));
        return known[0];
    }
}
