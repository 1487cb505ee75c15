package io.lasttable.booking.venue;

import java.util.List;

/** What one party can be given: a table, or an allowed combination of tables. */
public sealed interface TableOption permits Table, Combination {

    /** Ids of the tables that a party sitting here takes. */
    List<String> tables();

    int minCovers();

    int maxCovers();

    default boolean fits(int partySize) {
        return minCovers() <= partySize && partySize <= maxCovers();
    }
}
