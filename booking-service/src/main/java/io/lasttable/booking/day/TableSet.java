package io.lasttable.booking.day;

import java.util.List;
import java.util.Optional;

/**
 * What one party can sit at: a table, or an allowed combination of tables.
 *
 * @param tables in the venue's table order
 * @param indexes of the same tables in the venue's list
 * @param area when all tables share one
 */
record TableSet(List<String> tables, int[] indexes, int minCovers, int maxCovers, Optional<String> area) {

    boolean fits(int partySize) {
        return minCovers <= partySize && partySize <= maxCovers;
    }
}
