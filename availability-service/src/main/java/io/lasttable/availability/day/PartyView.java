package io.lasttable.availability.day;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lasttable.availability.venue.VenueId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stored day as one party sees it: its first slot, whatever is left of it, and those with something left for the party.
 * A read of a day looks at one party size of ten and a search at a few dozen days, so the document is walked token by token
 * and only what is wanted of it is made into objects. It was checked whole when it was projected.
 */
final class PartyView {

    private static final JsonFactory JSON = new JsonFactory();

    private final PartySize party;
    private final String wanted;
    private final List<Slot> slots = new ArrayList<>();
    private String venueId;
    private String date;
    private String minNotice;
    private long version;

    private PartyView(PartySize party) {
        this.party = party;
        this.wanted = Integer.toString(party.value());
    }

    static Day of(String document, PartySize party) {
        PartyView view = new PartyView(party);
        try (JsonParser parser = JSON.createParser(document)) {
            view.walk(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored day is no JSON", e);
        }
        DayKey key = new DayKey(new VenueId(view.venueId), LocalDate.parse(view.date));
        return new Day(key, view.version, Duration.parse(view.minNotice), view.slots);
    }

    private void walk(JsonParser parser) throws IOException {
        JsonToken begin = parser.nextToken();
        assert begin == JsonToken.START_OBJECT;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "venueId" -> venueId = parser.getText();
                case "date" -> date = parser.getText();
                case "minNotice" -> minNotice = parser.getText();
                case "version" -> version = parser.getLongValue();
                case "slots" -> slots(parser, value);
                default -> skip(parser);
            }
        }
    }

    private void slots(JsonParser parser, JsonToken begin) throws IOException {
        assert begin == JsonToken.START_ARRAY;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            slot(parser);
        }
    }

    private void slot(JsonParser parser) throws IOException {
        String time = null;
        String startsAt = null;
        int left = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            assert value != null;
            switch (field) {
                case "time" -> time = parser.getText();
                case "startsAt" -> startsAt = parser.getText();
                case "left" -> left = left(parser);
                default -> skip(parser);
            }
        }
        if (left > 0 || slots.isEmpty()) {
            slots.add(new Slot(
                    WireTimes.time(time),
                    WireTimes.instant(startsAt),
                    left > 0 ? Map.of(party.value(), left) : Map.of()));
        }
    }

    private int left(JsonParser parser) throws IOException {
        int left = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isWanted = parser.currentName().equals(wanted);
            JsonToken value = parser.nextToken();
            assert value == JsonToken.VALUE_NUMBER_INT;
            left = isWanted ? parser.getIntValue() : left;
        }
        return left;
    }

    private static void skip(JsonParser parser) throws IOException {
        JsonParser skipped = parser.skipChildren();
        assert skipped == parser;
    }
}
