package io.lasttable.booking.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.booking.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VenueJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final VenueId ID = new VenueId("chez-nous");

    @Test
    void theContractsExampleIsReadAndWrittenTheSame() throws Exception {
        ObjectNode example = example();
        Venue venue = VenueJson.read(ID, example.toString());
        assertThat(MAPPER.readTree(VenueJson.write(venue))).isEqualTo(normal(example));
        assertThat(VenueJson.stored(VenueJson.write(venue))).isEqualTo(venue);
    }

    @Test
    void eachMistakeIsNamedByItsPointer() throws Exception {
        refuses("/timeZone", venue -> venue.put("timeZone", "Europe/Atlantis"));
        refuses("/tables/1/id", venue -> ((ObjectNode) venue.at("/tables/1")).put("id", "T1"));
        refuses("/tables/0/minCovers", venue -> ((ObjectNode) venue.at("/tables/0")).put("minCovers", 9));
        refuses("/tables/0/minCovers", venue -> ((ObjectNode) venue.at("/tables/0")).put("minCovers", -1));
        refuses(
                "/combinations/0/tables/1",
                venue -> ((com.fasterxml.jackson.databind.node.ArrayNode) venue.at("/combinations/0/tables"))
                        .set(1, "T9"));
        refuses(
                "/servicePeriods/1",
                venue -> ((com.fasterxml.jackson.databind.node.ArrayNode) venue.get("servicePeriods"))
                        .add(venue.at("/servicePeriods/0").deepCopy()));
        refuses(
                "/servicePeriods/0/turnTimes/1/upToPartySize",
                venue -> ((ObjectNode) venue.at("/servicePeriods/0/turnTimes/1")).put("upToPartySize", 2));
        refuses(
                "/servicePeriods/0/slotInterval",
                venue -> ((ObjectNode) venue.at("/servicePeriods/0")).put("slotInterval", "PT1S"));
        refuses(
                "/bookingWindow/maxDaysAhead",
                venue -> ((ObjectNode) venue.get("bookingWindow")).put("maxDaysAhead", 366));
        refuses("/combinations/0/maxCovers", venue -> ((ObjectNode) venue.at("/combinations/0")).put("maxCovers", 7));
        refuses(
                "/combinations/1/tables",
                venue -> ((com.fasterxml.jackson.databind.node.ArrayNode) venue.get("combinations"))
                        .add(venue.at("/combinations/0").deepCopy()));
        refuses("/tables/0/position/x", venue -> position(venue).put("x", -1));
        refuses("/tables/0/position/y", venue -> position(venue).put("y", 10_001));
        refuses("/tables/0/position/width", venue -> position(venue).put("width", 19));
        refuses("/tables/0/position/height", venue -> position(venue).put("height", 80.5));
        refuses("/tables/0/position/height", venue -> position(venue).remove("height"));
        refuses("/tables/0/position/shape", venue -> position(venue).put("shape", "star"));
        refuses("/tables/0/position/rotation", venue -> position(venue).put("rotation", 360));
        refuses("/tables/0/position/z", venue -> position(venue).put("z", 1));
        refuses("/color", venue -> venue.put("color", "red"));
        refuses("/name", venue -> venue.put("name", "a\u0000b"));
        refuses("/name", venue -> venue.remove("name"));
        refuses("/location/lat", venue -> ((ObjectNode) venue.get("location")).put("lat", 91));
        refuses("/venueId", venue -> venue.put("venueId", "another"));
    }

    @Test
    void aTableThatStandsElsewhereIsTheSameHouse() throws Exception {
        ObjectNode moved = example();
        position(moved).put("x", 400).put("rotation", 45);
        Venue was = VenueJson.read(ID, example().toString());
        Venue is = VenueJson.read(ID, moved.toString());
        assertThat(is).isNotEqualTo(was);
        assertThat(is.hasSameHouse(was)).isTrue();
        ((ObjectNode) moved.at("/tables/0")).put("maxCovers", 3);
        assertThat(VenueJson.read(ID, moved.toString()).hasSameHouse(was)).isFalse();
    }

    @Test
    void aTablesShapeAndTurnMayBeLeftOut() throws Exception {
        ObjectNode venue = example();
        position(venue).remove(List.of("shape", "rotation"));
        Position position =
                VenueJson.read(ID, venue.toString()).tables().get(0).position().orElseThrow();
        assertThat(position).isEqualTo(new Position(100, 50, 80, 80, Position.Shape.RECTANGLE, 0));
    }

    private static ObjectNode position(ObjectNode venue) {
        return (ObjectNode) venue.at("/tables/0/position");
    }

    private static void refuses(String pointer, Consumer<ObjectNode> mistake) throws Exception {
        ObjectNode venue = example();
        mistake.accept(venue);
        assertThatThrownBy(() -> VenueJson.read(ID, venue.toString()))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo(Problem.Type.VALIDATION_ERROR);
                    assertThat(problem.getMessage()).startsWith(pointer + " ");
                });
    }

    private static ObjectNode example() throws Exception {
        Path file = Path.of("contract", "examples", "venue-published.json");
        return (ObjectNode) MAPPER.readTree(Files.readString(file)).get("value");
    }

    /** What the writer makes explicit. */
    private static ObjectNode normal(ObjectNode example) {
        ObjectNode closed = (ObjectNode) example.at("/specialDays/0");
        closed.putArray("servicePeriods");
        return example;
    }
}
