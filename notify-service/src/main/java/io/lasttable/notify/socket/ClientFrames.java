package io.lasttable.notify.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.lasttable.notify.day.DayKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads frames. Strict: a frame has the fields that its {@code op} knows, each once and of its type, and nothing else; what
 * does not is no frame of the protocol.
 */
final class ClientFrames {

    private static final int LONGEST_REF = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(2).build())
            .build();

    private ClientFrames() {}

    static ClientFrame parse(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new ClientFrame.Bad("a frame is a JSON object");
            }
            Map<String, Object> fields = fields(json);
            if (fields == null || json.nextToken() != null) {
                return new ClientFrame.Bad(
                        "a frame is one flat JSON object of strings, whole numbers and booleans, each field once");
            }
            return of(fields);
        } catch (IOException e) {
            return new ClientFrame.Bad("not JSON");
        }
    }

    /** Null when a field comes twice, or a value is of a type that no field has. */
    private static Map<String, Object> fields(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>(8);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Object value =
                    switch (json.nextToken()) {
                        case VALUE_STRING -> json.getText();
                        case VALUE_NUMBER_INT -> json.getLongValue();
                        case VALUE_TRUE -> Boolean.TRUE;
                        case VALUE_FALSE -> Boolean.FALSE;
                        default -> null;
                    };
            if (value == null || fields.put(name, value) != null) {
                return null;
            }
        }
        return fields;
    }

    private static ClientFrame of(Map<String, Object> fields) {
        if (!(fields.get("op") instanceof String op) || !(fields.get("ref") instanceof String ref)) {
            return new ClientFrame.Bad("op and ref must be strings");
        }
        if (ref.isEmpty() || ref.length() > LONGEST_REF || !comesBackAsItWas(ref)) {
            return new ClientFrame.Bad(
                    "ref must have 1 to " + LONGEST_REF + " characters, without U+0000 and lone surrogates");
        }
        return switch (op) {
            case "watch" -> watch(ref, fields);
            case "unwatch" ->
                knows(fields, Set.of("op", "ref"))
                        ? new ClientFrame.Unwatch(ref)
                        : new ClientFrame.Bad("unwatch takes op and ref");
            case "watchReservation" ->
                knows(fields, Set.of("op", "ref", "token")) && fields.get("token") instanceof String token
                        ? new ClientFrame.WatchReservation(ref, token)
                        : new ClientFrame.Bad("watchReservation takes a token");
            case "watchVenue" ->
                knows(fields, Set.of("op", "ref", "venueId")) && fields.get("venueId") instanceof String venueId
                        ? venue(ref, venueId)
                        : new ClientFrame.Bad("watchVenue takes a venueId");
            default -> new ClientFrame.Bad("unknown op");
        };
    }

    /** Answers carry the ref: half a surrogate pair would come back as a question mark, and be nobody's. */
    private static boolean comesBackAsItWas(String ref) {
        return ref.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private static ClientFrame watch(String ref, Map<String, Object> fields) {
        Object version = fields.getOrDefault("version", 0L);
        Object confirm = fields.getOrDefault("confirm", false);
        if (!knows(fields, Set.of("op", "ref", "venueId", "date", "version", "confirm"))
                || !(fields.get("venueId") instanceof String venueId)
                || !(fields.get("date") instanceof String date)
                || !(version instanceof Long has)
                || has < 0
                || !(confirm instanceof Boolean confirmed)) {
            return new ClientFrame.Bad("watch takes venueId, date, an optional version and an optional confirm");
        }
        return DayKey.of(venueId, date)
                .<ClientFrame>map(key -> new ClientFrame.Watch(ref, key, has, confirmed))
                .orElseGet(
                        () -> new ClientFrame.Refused(ref, "unknown-venue", "The venue id or the date is malformed."));
    }

    private static ClientFrame venue(String ref, String venueId) {
        return DayKey.isVenue(venueId)
                ? new ClientFrame.WatchVenue(ref, venueId)
                : new ClientFrame.Refused(ref, "unknown-venue", "The venue id is malformed.");
    }

    private static boolean knows(Map<String, Object> fields, Set<String> known) {
        return known.containsAll(fields.keySet());
    }
}
