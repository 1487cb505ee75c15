package io.lasttable.benchmark.peer;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Command;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * PostgreSQL's own load tool (Debian: {@code postgresql-contrib}), sending the statements of a booking to the same tables of
 * the same server, over days of its own: what the database alone can do.
 */
public final class Pgbench {

    private static final String TPS = "tps = ";
    private static final int SLOTS = 21;

    private final Testbed bed;
    private final Path program;

    private Pgbench(Testbed bed, Path program) {
        this.bed = bed;
        this.program = program;
    }

    /** Empty where it is not installed. */
    public static Optional<Pgbench> find(Testbed bed) {
        return Command.find("pgbench").map(program -> new Pgbench(bed, program));
    }

    /** Plans are made while the tables are nearly empty and kept: a scan of all of one would be dear before the run is over. */
    private static final String PLANS_OF_FULL_TABLES =
            " options='-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off'";

    /**
     * Bookings per second over the days of venues {@code prefix}-0, -1 and so on, which must be published.
     *
     * @param days bookable dates of each venue
     */
    public double bookingsPerSecond(String prefix, int venues, int days, int clients, int seconds)
            throws IOException, InterruptedException, SQLException {
        return transactionsPerSecond(script("booking.pgbench", prefix, venues, days), clients, seconds, "");
    }

    /**
     * As {@link #bookingsPerSecond}, with the bookings of several days in one transaction and with plans of full tables.
     *
     * @param together how many days
     */
    public double bookingsPerSecond(String prefix, int venues, int days, int clients, int seconds, int together)
            throws IOException, InterruptedException, SQLException {
        String places = each(together, "'" + prefix + "-' || :venue%d::text");
        String dates = each(together, "((now() at time zone 'utc')::date + :day%d::int)");
        String random = IntStream.range(0, together)
                .mapToObj(i -> "\\set venue" + i + " random(0, " + (venues - 1) + ")\n\\set day" + i + " random(1, "
                        + days + ")\n")
                .collect(Collectors.joining());
        String script = script("days-together.pgbench", prefix, venues, days)
                .replace("@random@", random)
                .replace("@keys@", "unnest(" + places + ", " + dates + ") as k(v, d)")
                .replace("@places@", places)
                .replace("@together@", String.valueOf(together));
        return together * transactionsPerSecond(script, clients, seconds, PLANS_OF_FULL_TABLES);
    }

    private static String each(int count, String expression) {
        return IntStream.range(0, count)
                .mapToObj(expression::formatted)
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    private double transactionsPerSecond(String statements, int clients, int seconds, String options)
            throws IOException, InterruptedException, SQLException {
        Path script = Files.writeString(bed.file("booking.pgbench"), statements);
        String printed = Command.run(List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=1",
                "--time=" + seconds,
                "--file=" + script,
                "--host=127.0.0.1",
                "--port=" + bed.databasePort(),
                "--username=postgres",
                "dbname=booking" + options));
        forgetEvents();
        return tps(printed);
    }

    private void forgetEvents() throws SQLException {
        try (var database = DriverManager.getConnection(bed.jdbc("booking"), "postgres", "");
                var statement = database.createStatement()) {
            int gone = statement.executeUpdate("delete from outbox where shard = -1");
            assert gone >= 0;
        }
    }

    static double tps(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(TPS))
                .map(line -> line.substring(TPS.length()).split(" ")[0])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("pgbench printed no rate: " + printed));
    }

    private static String script(String name, String prefix, int venues, int days) throws IOException {
        try (InputStream resource = Pgbench.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@prefix@", prefix)
                    .replace("@venues@", String.valueOf(venues))
                    .replace("@days@", String.valueOf(days))
                    .replace("@events@", events());
        }
    }

    /** A day's document and a reservation, as long as the real ones. */
    private static String events() {
        StringBuilder slots = new StringBuilder();
        for (int i = 0; i < SLOTS; i++) {
            slots.append("{'time':'19:00','startsAt':'2026-12-24T19:00:00Z','left':{'1':9,'2':9}},");
        }
        JsonObject day = event("DAYS", "io.lasttable.day.updated", slots.toString());
        JsonObject reservation = event("RESERVATIONS", "io.lasttable.reservation.confirmed", "x".repeat(420));
        return new JsonArray()
                .add(day)
                .add(reservation)
                .encode()
                .replace(":true", ": true")
                .replace("'", "''")
                .replaceAll(":(?=\\w)", "\\\\u003a");
    }

    private static JsonObject event(String topic, String type, String payload) {
        return new JsonObject()
                .put("topic", topic)
                .put("key", "floor/2026-12-24")
                .put("type", type)
                .put("time", "2026-11-24T00:00:00Z")
                .put("payload", payload)
                .put("in_feed", true);
    }
}
