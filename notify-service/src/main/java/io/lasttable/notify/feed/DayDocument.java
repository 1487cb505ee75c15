package io.lasttable.notify.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a day's document, the same from Kafka and from availability-service. */
final class DayDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DayDocument() {}

    /** @throws IOException when the text is not a day as booking-service's contract has it */
    static DayState parse(String json) throws IOException {
        JsonNode day = MAPPER.readTree(json);
        DayKey key = DayKey.of(
                        day.path("venueId").asText(null), day.path("date").asText(null))
                .orElseThrow(() -> new IOException("no venueId or date"));
        long version = day.path("version").asLong(0);
        if (version < 1 || !day.path("slots").isArray()) {
            throw new IOException("no version or slots");
        }
        Map<String, String> slots = new LinkedHashMap<>();
        for (JsonNode slot : day.get("slots")) {
            slots.put(slot.path("startsAt").asText(), slot.toString());
        }
        return new DayState(key, version, day.path("minNotice").asText("PT0S"), slots);
    }
}
