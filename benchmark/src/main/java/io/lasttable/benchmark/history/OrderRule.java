package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Operation.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Versions fit real time: who began after another had been answered has a later version, or has at least seen the other's when
 * refused.
 */
final class OrderRule {

    private record Point(Operation operation, long version, boolean commit) {}

    private OrderRule() {}

    static List<String> violations(History history) {
        Map<DayKey, List<Point>> byDay = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.outcome() instanceof Done done) {
                add(byDay, new Point(operation, done.change().dayVersion(), true));
            } else if (operation.outcome() instanceof Refused refused) {
                add(byDay, new Point(operation, refused.dayVersion(), false));
            }
        }
        List<String> found = new ArrayList<>();
        byDay.values().forEach(points -> check(points, found));
        return found;
    }

    private static void add(Map<DayKey, List<Point>> byDay, Point point) {
        byDay.computeIfAbsent(point.operation().day(), day -> new ArrayList<>()).add(point);
    }

    /** In order of beginning, beside the newest version that had been answered by then. */
    private static void check(List<Point> points, List<String> found) {
        points.sort(Comparator.comparingLong(point -> point.operation().began()));
        PriorityQueue<Point> running = new PriorityQueue<>(
                Comparator.comparingLong((Point point) -> point.operation().ended()));
        Point newest = null;
        for (Point point : points) {
            while (!running.isEmpty()
                    && running.peek().operation().ended() < point.operation().began()) {
                Point ended = running.remove();
                newest = newest == null || ended.version() > newest.version() ? ended : newest;
            }
            if (newest != null && !follows(newest, point)) {
                found.add(point.operation() + " began after the end of " + newest.operation());
            }
            running.add(point);
        }
    }

    private static boolean follows(Point earlier, Point later) {
        return later.commit() ? earlier.version() < later.version() : earlier.version() <= later.version();
    }
}
