package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.history.Change;
import io.lasttable.benchmark.history.DayKey;
import io.lasttable.benchmark.history.History;
import io.lasttable.benchmark.history.Watcher;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts hold at rest: the database, Kafka and the read side. */
final class Evidence {

    private static final String NOTHING = "0 in the outbox, 0 held";

    private final Testbed bed;
    private final Town town;

    Evidence(Testbed bed, Town town) {
        this.bed = bed;
        this.town = town;
    }

    History history(Duration promise, Recorder recorder, List<Watcher> seen)
            throws SQLException, IOException, InterruptedException {
        KafkaLog log = KafkaLog.read(bed.bootstrap(), town);
        return new History(
                Town.TABLES,
                promise,
                recorder.operations(),
                log.changes(),
                log.days(),
                log.documents(),
                days(),
                reservations(),
                made(),
                readSide(),
                seen);
    }

    /** Versions in the database. */
    Map<DayKey, Long> days() throws SQLException {
        Map<DayKey, Long> days = new HashMap<>();
        each("select venue_id, date, version from day", row -> {
            DayKey day = new DayKey(row.getString("venue_id"), row.getString("date"));
            if (town.has(day)) {
                days.put(day, row.getLong("version"));
            }
        });
        return days;
    }

    Map<DayKey, Long> readSide() throws IOException, InterruptedException {
        Map<DayKey, Long> versions = new HashMap<>();
        for (DayKey day : town.days()) {
            HttpResponse<String> answer =
                    bed.api().send("GET", "/v1/venues/" + day.venueId() + "/days/" + day.date(), "");
            if (answer.statusCode() == 200) {
                versions.put(day, new JsonObject(answer.body()).getLong("version"));
            }
        }
        return versions;
    }

    /** Whether nothing waits for Kafka, and nothing will change by itself: no hold runs and none in line has an offer. */
    boolean isQuiet() throws SQLException {
        return leftToDo().equals(NOTHING);
    }

    String leftToDo() throws SQLException {
        String[] left = {""};
        each(
                "select (select count(*) from outbox), (select count(*) from reservation where status = 'held')",
                row -> left[0] = row.getInt(1) + " in the outbox, " + row.getInt(2) + " held");
        return left[0];
    }

    private List<Change> reservations() throws SQLException {
        List<Change> reservations = new ArrayList<>();
        each("select * from reservation", row -> {
            DayKey day = new DayKey(row.getString("venue_id"), row.getString("date"));
            if (town.has(day)) {
                reservations.add(reservation(row, day));
            }
        });
        return reservations;
    }

    private static Change reservation(ResultSet row, DayKey day) throws SQLException {
        return new Change(
                row.getString("id"),
                day,
                row.getString("status"),
                row.getLong("version"),
                row.getLong("day_version"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                List.of((String[]) row.getArray("tables").getArray()));
    }

    private Map<String, Integer> made() throws SQLException {
        Map<String, Integer> made = new HashMap<>();
        each(
                "select note from reservation where note is not null",
                row -> made.merge(row.getString(1), 1, Integer::sum));
        return made;
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String query, Row row) throws SQLException {
        try (Connection database = DriverManager.getConnection(bed.jdbc("booking"), "postgres", "");
                var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                row.take(rows);
            }
        }
    }
}
