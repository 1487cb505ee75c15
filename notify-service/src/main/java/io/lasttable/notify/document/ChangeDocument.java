package io.lasttable.notify.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads a reservation or waitlist entry, the same from Kafka and from booking-service. */
public final class ChangeDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Never in the contract; taken out all the same, since what leaves here is seen by browsers. */
    private static final List<String> PERSONAL =
            List.of("guest", "email", "phone", "note", "metadata", "watchToken", "manageToken");

    private ChangeDocument() {}

    /** @throws IOException when the text is not an object with id, venueId and version */
    public static Change parse(Subject.Kind kind, byte[] json) throws IOException {
        if (!(MAPPER.readTree(json) instanceof ObjectNode document)) {
            throw new IOException("not an object");
        }
        JsonNode id = document.path("id");
        JsonNode venue = document.path("venueId");
        long version = document.path("version").asLong(0);
        if (!id.isTextual() || !venue.isTextual() || version < 1) {
            throw new IOException("no id, venueId or version");
        }
        ObjectNode shown = document.remove(PERSONAL).without(List.of("op", "ref"));
        byte[] bytes = MAPPER.writeValueAsBytes(shown);
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        return new Change(new Subject(kind, id.textValue()), venue.textValue(), version, rest);
    }
}
