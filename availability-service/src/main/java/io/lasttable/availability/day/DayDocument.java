package io.lasttable.availability.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.availability.venue.VenueId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads a day's JSON (booking-service/contract/schemas/day.v1.schema.json). Fields it does not know are passed over. */
public final class DayDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DayDocument() {}

    /** @throws IllegalArgumentException saying what is wrong with the document */
    public static Day read(String json) {
        try {
            return day(JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A document that {@link #read} has accepted once, with what one party needs of it: see {@link PartyView}. */
    public static Day readFor(PartySize party, String stored) {
        return PartyView.of(stored, party);
    }

    /** The day's slots in packed form, earliest first: search looks at the ends before it looks inside. */
    public static long[] offers(Day day) {
        if (day.slots().isEmpty()) {
            return new long[0];
        }
        return day.slots().stream()
                .mapToLong(slot -> OfferCode.encode(day.key().date(), day.localStart(slot), slot))
                .sorted()
                .toArray();
    }

    private static Day day(JsonNode node) {
        VenueId venue = new VenueId(text(node, "venueId"));
        DayKey key = new DayKey(venue, DayKey.parseDate(text(node, "date")));
        Duration notice = Duration.parse(text(node, "minNotice"));
        JsonNode slots = node.path("slots");
        if (!isWhole(node.path("version")) || !slots.isArray()) {
            throw new IllegalArgumentException("version must be a whole number and slots an array");
        }
        List<Slot> read = StreamSupport.stream(slots.spliterator(), false)
                .map(DayDocument::slot)
                .toList();
        return new Day(key, node.path("version").longValue(), notice, read);
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static Slot slot(JsonNode node) {
        Map<Integer, Integer> left = new HashMap<>();
        for (Map.Entry<String, JsonNode> size : node.path("left").properties()) {
            if (!isWhole(size.getValue()) || !size.getValue().canConvertToInt()) {
                throw new IllegalArgumentException("left of party size " + size.getKey() + " is no whole number");
            }
            Integer before =
                    left.put(Integer.valueOf(size.getKey()), size.getValue().intValue());
            assert before == null;
        }
        return new Slot(WireTimes.time(text(node, "time")), WireTimes.instant(text(node, "startsAt")), left);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is missing or not a text");
        }
        return value.textValue();
    }
}
