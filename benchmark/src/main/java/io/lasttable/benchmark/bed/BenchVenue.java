package io.lasttable.benchmark.bed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A venue to put load on: tables for two, open from noon to ten every day, ninety minutes a party, so every table takes
 * {@link #TURNS} parties a day. In UTC, bookable from tomorrow on.
 *
 * @param days how many dates its booking window has, tomorrow's first
 */
public record BenchVenue(String id, int tables, int days) {

    /** Start times that fill a table without a gap. */
    public static final List<String> TURNS = List.of("12:00", "13:30", "15:00", "16:30", "18:00", "19:30", "21:00");

    private static final List<String> WEEK = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    /** {@code count} venues named {@code prefix}-0, -1, ... */
    public static List<BenchVenue> many(String prefix, int count, int tables, int days) {
        return IntStream.range(0, count)
                .mapToObj(i -> new BenchVenue(prefix + "-" + i, tables, days))
                .toList();
    }

    /** The bookable dates that loads use. */
    public List<String> dates() {
        return IntStream.rangeClosed(1, days)
                .mapToObj(ahead -> LocalDate.now(ZoneOffset.UTC).plusDays(ahead).toString())
                .toList();
    }

    public String lastDate() {
        return dates().get(days - 1);
    }

    /** Keys of its days as in Kafka. */
    public List<String> dayKeys() {
        return dates().stream().map(date -> id + "/" + date).toList();
    }

    public String json() {
        JsonArray allTables = new JsonArray();
        IntStream.rangeClosed(1, tables)
                .forEach(n -> allTables.add(
                        new JsonObject().put("id", "T" + n).put("minCovers", 1).put("maxCovers", 2)));
        JsonObject allDay = new JsonObject()
                .put("name", "all day")
                .put("days", new JsonArray(WEEK))
                .put("firstSeating", "12:00")
                .put("lastSeating", "22:00")
                .put("slotInterval", "PT30M")
                .put(
                        "turnTimes",
                        new JsonArray()
                                .add(new JsonObject().put("upToPartySize", 2).put("duration", "PT1H30M")));
        return new JsonObject()
                .put("venueId", id)
                .put("name", "Bench " + id)
                .put("timeZone", "UTC")
                .put("city", "Paris")
                .put("location", new JsonObject().put("lat", 48.85).put("lon", 2.35))
                .put("cuisines", new JsonArray().add("french"))
                .put("tables", allTables)
                .put("combinations", new JsonArray())
                .put("servicePeriods", new JsonArray().add(allDay))
                .put("specialDays", new JsonArray())
                .put("bookingWindow", new JsonObject().put("maxDaysAhead", days).put("minNotice", "PT0S"))
                .encode();
    }
}
