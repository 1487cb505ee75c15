package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PostgreSQL wrote for a measured stretch, by its own statistics, in which the last second may be missing. Everything of the
 * server counts: the relay's and the projection's as well.
 */
final class Wal {

    private static final String SO_FAR = """
            select wal_bytes, wal_fpi, wal_sync, (select sum(xact_commit) from pg_stat_database) as commits,
              current_setting('fsync')::bool as durable
            from pg_stat_wal
            """;

    private final String jdbc;
    private final Map<String, Double> before;

    private Wal(String jdbc) throws SQLException {
        this.jdbc = jdbc;
        this.before = soFar();
    }

    static Wal from(Testbed bed) throws SQLException {
        return new Wal(bed.jdbc("booking"));
    }

    /** Adds how much it was for each of so many bookings. */
    void addTo(Findings found, String label, int bookings) throws SQLException {
        soFar().forEach((what, now) ->
                found.add(label + what + " per booking", "", (now - before.get(what)) / bookings));
    }

    private Map<String, Double> soFar() throws SQLException {
        try (var database = DriverManager.getConnection(jdbc, "postgres", "");
                var select = database.prepareStatement(SO_FAR);
                var row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("PostgreSQL keeps no statistics of its write-ahead log");
            }
            Map<String, Double> all = new LinkedHashMap<>();
            all.put("bytes of WAL", row.getDouble("wal_bytes"));
            all.put("whole pages in the WAL", row.getDouble("wal_fpi"));
            if (row.getBoolean("durable")) {
                all.put("flushes to the disk", row.getDouble("wal_sync"));
            }
            all.put("transactions", row.getDouble("commits"));
            return all;
        }
    }
}
