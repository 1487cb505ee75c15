package io.lasttable.notify.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents made from the examples of booking-service's contract. */
public final class Days {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "booking-service", "contract", "examples");

    private Days() {}

    public static ObjectNode day(String venue, int version) throws IOException {
        return example("day-updated").put("venueId", venue).put("version", version);
    }

    public static ObjectNode reservation(String venue, String id, int version) throws IOException {
        return example("reservation-confirmed")
                .put("venueId", venue)
                .put("id", id)
                .put("version", version);
    }

    public static ObjectNode waitlistOffer(String venue, String id, int version) throws IOException {
        return example("waitlist-offered").put("venueId", venue).put("id", id).put("version", version);
    }

    private static ObjectNode example(String name) throws IOException {
        return (ObjectNode) MAPPER.readTree(Files.readString(EXAMPLES.resolve(name + ".json")))
                .get("value");
    }
}
