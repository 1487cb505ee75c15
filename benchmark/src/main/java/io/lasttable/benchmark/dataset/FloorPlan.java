package io.lasttable.benchmark.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Tables of two to ten covers, some outside, and pairs of neighbours that may be pushed together. */
record FloorPlan(List<Seats> tables, List<Seats> combinations) {

    static final int LARGEST_PARTY = 10;

    private static final int[] COVERS = {2, 4, 6, 10};
    private static final int TERRACE_FROM = 10;

    /**
     * A table, or a combination of two.
     *
     * @param members places of its tables in the plan
     */
    record Seats(int[] members, int minCovers, int maxCovers) {

        boolean takes(int party) {
            return party >= minCovers && party <= maxCovers;
        }
    }

    static FloorPlan draw(Random random) {
        int[] counts = {4 + random.nextInt(8), 3 + random.nextInt(10), random.nextInt(5), random.nextInt(2)};
        List<Seats> tables = new ArrayList<>();
        for (int kind = 0; kind < COVERS.length; kind++) {
            for (int table = 0; table < counts[kind]; table++) {
                tables.add(new Seats(new int[] {tables.size()}, COVERS[kind] / 2, COVERS[kind]));
            }
        }
        int firstOfFour = counts[0];
        List<Seats> combinations = new ArrayList<>();
        int pairs = random.nextInt(3);
        for (int pair = 0; pair < pairs && 2 * pair + 1 < counts[1]; pair++) {
            int left = firstOfFour + 2 * pair;
            combinations.add(new Seats(new int[] {left, left + 1}, 7, 8));
        }
        return new FloorPlan(List.copyOf(tables), List.copyOf(combinations));
    }

    String tablesJson() {
        return tables.stream()
                .map(table -> "{\"id\":\"%s\",\"minCovers\":%d,\"maxCovers\":%d,\"area\":\"%s\"}"
                        .formatted(
                                id(table.members()[0]),
                                table.minCovers(),
                                table.maxCovers(),
                                table.members()[0] % TERRACE_FROM == TERRACE_FROM - 1 ? "terrace" : "main"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    String combinationsJson() {
        return combinations.stream()
                .map(pair -> "{\"tables\":[\"%s\",\"%s\"],\"minCovers\":%d,\"maxCovers\":%d}"
                        .formatted(id(pair.members()[0]), id(pair.members()[1]), pair.minCovers(), pair.maxCovers()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String id(int table) {
        return "T" + (table + 1);
    }
}
