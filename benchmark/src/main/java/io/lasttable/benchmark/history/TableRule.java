package io.lasttable.benchmark.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two stays at a table, after any version of its day and in what the database holds. */
final class TableRule {

    private TableRule() {}

    static List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        DayLog.of(history.published())
                .forEach((day, log) -> log.replay((version, standing) ->
                        clashes(standing.values(), day + " at version " + version + " in Kafka", found)));
        Map<String, List<Change>> byVenue = new HashMap<>();
        history.reservations().stream()
                .filter(Change::isActive)
                .forEach(each -> byVenue.computeIfAbsent(each.day().venueId(), venue -> new ArrayList<>())
                        .add(each));
        byVenue.forEach((venue, stays) -> clashes(stays, venue + " in the database", found));
        return found;
    }

    private static void clashes(Collection<Change> stays, String where, List<String> found) {
        Map<String, List<Change>> byTable = new HashMap<>();
        for (Change stay : stays) {
            for (String table : stay.tables()) {
                List<Change> there = byTable.computeIfAbsent(table, any -> new ArrayList<>());
                there.stream()
                        .filter(other -> other.overlaps(stay.from(), stay.to()))
                        .forEach(other -> found.add(where + ": " + table + " has " + other.id() + " and " + stay.id()));
                there.add(stay);
            }
        }
    }
}
