package io.lasttable.notify.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a day's document, the same from Kafka and from availability-service. */
public final class DayDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DayDocument() {}

    /**
     * @param committedAtMicros microseconds since 1970; 0 when not known
     * @throws IOException when the text is not the document of this day as booking-service's contract has it
     */
    public static DayState parse(DayKey key, byte[] json, long committedAtMicros) throws IOException {
        JsonNode day = MAPPER.readTree(json);
        long version = day.path("version").asLong(0);
        JsonNode notice = day.path("minNotice");
        if (version < 1 || !day.path("slots").isArray() || !notice.isTextual() || isNoDuration(notice.textValue())) {
            throw new IOException("no version, minNotice or slots");
        }
        if (!key.venueId().equals(day.path("venueId").asText())
                || !key.date().toString().equals(day.path("date").asText())) {
            throw new IOException("the document is not that of " + key);
        }
        List<DayState.Slot> slots = new ArrayList<>();
        for (JsonNode slot : day.get("slots")) {
            slots.add(new DayState.Slot(slot.path("startsAt").asText(), slot.toString()));
        }
        return new DayState(key, version, notice.textValue(), slots, committedAtMicros);
    }

    private static boolean isNoDuration(String text) {
        return !text.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.');
    }
}
