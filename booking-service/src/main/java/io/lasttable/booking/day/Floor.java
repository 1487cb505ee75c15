package io.lasttable.booking.day;

import io.lasttable.booking.venue.Combination;
import io.lasttable.booking.venue.Table;
import io.lasttable.booking.venue.Venue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A venue's tables and combinations, indexed once per venue version.
 *
 * <p>The seatables of a party size stand in the order of the tightest fit: fewest unused covers, then fewest tables, then
 * the venue's table order. So the first one that is free is the one to take.
 */
final class Floor {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Table> tables;
    private final List<Seatable> seatables = new ArrayList<>();
    private final List<List<Seatable>> byPartySize = new ArrayList<>();

    Floor(Venue venue) {
        tables = venue.tables();
        for (Table table : tables) {
            indexes.put(table.id(), indexes.size());
        }
        tables.forEach(table -> seatables.add(seatable(List.of(table.id()), table.minCovers(), table.maxCovers())));
        for (Combination combination : venue.combinations()) {
            seatables.add(seatable(combination.tables(), combination.minCovers(), combination.maxCovers()));
        }
        int largest = seatables.stream().mapToInt(Seatable::maxCovers).max().orElse(0);
        for (int partySize = 0; partySize <= largest; partySize++) {
            byPartySize.add(fitting(partySize));
        }
    }

    private List<Seatable> fitting(int partySize) {
        return seatables.stream()
                .filter(seatable -> seatable.fits(partySize))
                .sorted(Comparator.comparingInt(Seatable::maxCovers)
                        .thenComparingInt(seatable -> seatable.tables().size())
                        .thenComparing(Seatable::indexes, java.util.Arrays::compare))
                .toList();
    }

    private Seatable seatable(List<String> ids, int minCovers, int maxCovers) {
        List<String> ordered =
                ids.stream().sorted(Comparator.comparing(indexes::get)).toList();
        int[] at = ordered.stream().mapToInt(indexes::get).toArray();
        List<Optional<String>> areas = ordered.stream()
                .map(id -> tables.get(indexes.get(id)).area())
                .distinct()
                .toList();
        return new Seatable(ordered, at, minCovers, maxCovers, areas.size() == 1 ? areas.get(0) : Optional.empty());
    }

    int tableCount() {
        return tables.size();
    }

    int largestParty() {
        return byPartySize.size() - 1;
    }

    /** Tightest fit first. */
    List<Seatable> seating(int partySize) {
        return partySize < byPartySize.size() ? byPartySize.get(partySize) : List.of();
    }

    Stream<Seatable> seatables() {
        return seatables.stream();
    }

    /** The tables that staff chose, whatever the party's size; empty when the venue has no such table. */
    Optional<Seatable> chosen(List<String> ids) {
        return indexes.keySet().containsAll(ids) ? Optional.of(seatable(ids, 1, Integer.MAX_VALUE)) : Optional.empty();
    }

    /** Where a table stands in the venue's order; -1 for a table that the venue no longer has. */
    int indexOf(String id) {
        return indexes.getOrDefault(id, -1);
    }
}
