package io.lasttable.benchmark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final Path SCHEMAS = Path.of("../booking-service/contract/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate CLOCKS_CHANGE_IN_EUROPE = LocalDate.of(2027, 3, 28);

    private final List<Restaurant> world = Dataset.of(200, 42);

    @Test
    void theSameSeedGivesTheSameWorldHoweverLarge() {
        Restaurant tenth = Dataset.of(10, 42).get(9);
        assertThat(tenth.venueJson(90)).isEqualTo(world.get(9).venueJson(90));
        assertThat(tenth.dayJson(CLOCKS_CHANGE_IN_EUROPE))
                .isEqualTo(world.get(9).dayJson(CLOCKS_CHANGE_IN_EUROPE));
        assertThat(Dataset.of(10, 43).get(9).venueJson(90)).isNotEqualTo(tenth.venueJson(90));
    }

    @Test
    void everyVenueAndDayIsWhatTheContractSays() throws IOException {
        JsonSchema venue = schema("venue");
        JsonSchema day = schema("day");
        for (Restaurant restaurant : world) {
            assertThat(venue.validate(JSON.readTree(restaurant.venueJson(90)))).isEmpty();
            for (LocalDate date = CLOCKS_CHANGE_IN_EUROPE.minusDays(3);
                    date.isBefore(CLOCKS_CHANGE_IN_EUROPE.plusDays(3));
                    date = date.plusDays(1)) {
                assertThat(day.validate(JSON.readTree(restaurant.dayJson(date))))
                        .isEmpty();
            }
        }
    }

    @Test
    void aSaturdayEveningIsFullerThanItsEarlyHoursAndThanATuesday() throws IOException {
        LocalDate saturday = LocalDate.of(2027, 4, 10);
        assertThat(leftForTwo(saturday, "19:30"))
                .isLessThan(leftForTwo(saturday, "18:00"))
                .isLessThan(leftForTwo(saturday.plusDays(3), "19:30"));
    }

    @Test
    void theLargestCityHasAFifthOfTheVenuesWithinItsSurroundings() {
        List<Restaurant> there = world.stream()
                .filter(restaurant -> restaurant.city().name().equals("New York"))
                .toList();
        assertThat(there).hasSizeBetween(20, 60).allSatisfy(restaurant -> {
            assertThat(restaurant.lat()).isBetween(40.4, 41.1);
            assertThat(restaurant.lon()).isBetween(-74.5, -73.5);
        });
    }

    private long leftForTwo(LocalDate date, String time) throws IOException {
        long left = 0;
        for (Restaurant restaurant : world) {
            JsonNode slots = JSON.readTree(restaurant.dayJson(date)).path("slots");
            left += StreamSupport.stream(slots.spliterator(), false)
                    .filter(slot -> slot.path("time").textValue().equals(time))
                    .mapToLong(slot -> slot.path("left").path("2").longValue())
                    .sum();
        }
        return left;
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMAS.resolve(name + ".v1.schema.json")));
    }
}
