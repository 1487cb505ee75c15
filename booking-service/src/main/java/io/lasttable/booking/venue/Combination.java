package io.lasttable.booking.venue;

import java.util.List;

/** Tables that may be pushed together for one party. */
public record Combination(List<String> tables, int minCovers, int maxCovers) implements TableOption {

    public Combination {
        tables = List.copyOf(tables);
    }
}
