package io.lasttable.availability.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads a venue's JSON (booking-service/contract/schemas/venue.v1.schema.json): the fields that reads need. */
public final class VenueDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private VenueDocument() {}

    /** @throws IllegalArgumentException saying what is wrong with the document */
    public static Venue read(String json) {
        try {
            return venue(JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timeZone: " + e.getMessage(), e);
        }
    }

    private static Venue venue(JsonNode node) {
        List<String> cuisines = StreamSupport.stream(node.path("cuisines").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new Venue(
                new VenueId(text(node, "venueId")),
                node.path("version").asLong(),
                text(node, "name"),
                ZoneId.of(text(node, "timeZone")),
                node.path("city").textValue(),
                position(node.path("location")),
                cuisines);
    }

    private static Position position(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.path("lat").isNumber() || !node.path("lon").isNumber()) {
            throw new IllegalArgumentException("location needs the numbers lat and lon");
        }
        return new Position(node.path("lat").doubleValue(), node.path("lon").doubleValue());
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is missing or not a text");
        }
        return value.textValue();
    }
}
