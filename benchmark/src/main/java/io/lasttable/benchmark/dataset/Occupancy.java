package io.lasttable.benchmark.dataset;

import io.lasttable.benchmark.dataset.FloorPlan.Seats;
import java.util.stream.Stream;

/** One day of a floor plan under made-up bookings: per table one bit for each busy quarter hour since the first seating. */
final class Occupancy {

    private final FloorPlan plan;
    private final long[] busy;
    private int bookings;

    Occupancy(FloorPlan plan) {
        this.plan = plan;
        this.busy = new long[plan.tables().size()];
    }

    /** Seats the party at the tightest free fit, or turns it away. */
    void book(int party, int quarter) {
        Seats best = null;
        for (Seats seats : plan.tables()) {
            if (seats.takes(party) && isFree(seats, party, quarter) && (best == null || isTighter(seats, best))) {
                best = seats;
            }
        }
        for (Seats seats : plan.combinations()) {
            if (best == null && seats.takes(party) && isFree(seats, party, quarter)) {
                best = seats;
            }
        }
        if (best != null) {
            bookings++;
            for (int table : best.members()) {
                busy[table] |= span(party, quarter);
            }
        }
    }

    int bookings() {
        return bookings;
    }

    /** The {@code left} object of a slot. */
    String left(int quarter) {
        StringBuilder left = new StringBuilder("{");
        for (int party = 1; party <= FloorPlan.LARGEST_PARTY; party++) {
            int free = free(party, quarter);
            if (free > 0) {
                left.append(left.length() > 1 ? "," : "")
                        .append('"')
                        .append(party)
                        .append("\":")
                        .append(free);
            }
        }
        return left.append('}').toString();
    }

    private int free(int party, int quarter) {
        return (int) Stream.concat(plan.tables().stream(), plan.combinations().stream())
                .filter(seats -> seats.takes(party) && isFree(seats, party, quarter))
                .count();
    }

    private boolean isFree(Seats seats, int party, int quarter) {
        for (int table : seats.members()) {
            if ((busy[table] & span(party, quarter)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTighter(Seats one, Seats other) {
        return one.maxCovers() < other.maxCovers();
    }

    private static long span(int party, int quarter) {
        int quarters = party <= Restaurant.SMALL_PARTY ? Restaurant.SHORT_TURN : Restaurant.LONG_TURN;
        return ((1L << quarters) - 1) << quarter;
    }
}
