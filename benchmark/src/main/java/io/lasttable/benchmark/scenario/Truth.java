package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the booking database holds: the judge over what watchers have seen. */
final class Truth {

    private final String jdbc;
    private final String prefix;

    /** @param prefix of the ids of the venues that matter */
    Truth(Testbed bed, String prefix) {
        this.jdbc = bed.jdbc("booking");
        this.prefix = prefix;
    }

    /** Versions of the days, in their order. */
    List<Long> versions(List<String> dayKeys) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (var database = DriverManager.getConnection(jdbc, "postgres", "");
                var select = database.prepareStatement(
                        "select venue_id || '/' || date, version from day where venue_id like ? || '-%'")) {
            select.setString(1, prefix);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return dayKeys.stream().map(versions::get).toList();
    }

    /** Reservations ever made at all venues, whatever became of them. */
    long bookings() throws SQLException {
        return count("select count(*) from reservation where venue_id like ? || '-%'", prefix);
    }

    /** Reservations ever made at one venue. */
    long bookings(String venueId) throws SQLException {
        return count("select count(*) from reservation where venue_id = ?", venueId);
    }

    /** Waitlist entries of a venue in a status. */
    long waitlist(String venueId, String status) throws SQLException {
        return count("select count(*) from waitlist where venue_id = ? and status = '" + status + "'", venueId);
    }

    private long count(String sql, String parameter) throws SQLException {
        try (var database = DriverManager.getConnection(jdbc, "postgres", "");
                var select = database.prepareStatement(sql)) {
            select.setString(1, parameter);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
