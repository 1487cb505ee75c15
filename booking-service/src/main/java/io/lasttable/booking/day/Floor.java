package io.lasttable.booking.day;

import io.lasttable.booking.venue.FloorPlan;
import io.lasttable.booking.venue.Table;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A venue's tables and combinations, or those that one of its services seats in, indexed once per venue version. A table has the
 * same index in each of them.
 *
 * <p>The tableSets of a party size stand in the order of the tightest fit: fewest unused covers, then fewest tables, then
 * the venue's table order. So the first one that is free is the one to take.
 */
final class Floor {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Table> tables;
    private final List<Duration> buffers;
    private final Duration longestBuffer;
    private final List<TableSet> tableSets = new ArrayList<>();
    private final List<List<TableSet>> byPartySize = new ArrayList<>();

    /** @param part whose tables alone there are */
    Floor(Venue venue, FloorPlan part) {
        tables = venue.tables();
        buffers = tables.stream()
                .map(table -> table.turnBuffer().orElse(venue.turnBuffer()))
                .toList();
        longestBuffer = buffers.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        for (int table = 0; table < tables.size(); table++) {
            if (part.has(tables.get(table))) {
                indexes.put(tables.get(table).id(), table);
            }
        }
        venue.tableOptions()
                .filter(option -> indexes.keySet().containsAll(option.tables()))
                .forEach(option -> tableSets.add(tableSet(option.tables(), option.minCovers(), option.maxCovers())));
        int largest = tableSets.stream().mapToInt(TableSet::maxCovers).max().orElse(0);
        for (int partySize = 0; partySize <= largest; partySize++) {
            byPartySize.add(fitting(partySize));
        }
    }

    private List<TableSet> fitting(int partySize) {
        return tableSets.stream()
                .filter(tableSet -> tableSet.fits(partySize))
                .sorted(Comparator.comparingInt(TableSet::maxCovers)
                        .thenComparingInt(tableSet -> tableSet.tables().size())
                        .thenComparing(TableSet::indexes, java.util.Arrays::compare))
                .toList();
    }

    private TableSet tableSet(List<String> ids, int minCovers, int maxCovers) {
        List<String> ordered =
                ids.stream().sorted(Comparator.comparing(indexes::get)).toList();
        int[] at = ordered.stream().mapToInt(indexes::get).toArray();
        List<Optional<String>> areas = ordered.stream()
                .map(id -> tables.get(indexes.get(id)).area())
                .distinct()
                .toList();
        return new TableSet(ordered, at, minCovers, maxCovers, areas.size() == 1 ? areas.get(0) : Optional.empty());
    }

    /** Where the tables that a block closes stand in the venue's order. */
    BitSet indexesOf(Block block) {
        BitSet closed = new BitSet();
        for (int table = 0; table < tables.size(); table++) {
            closed.set(
                    table, block.isOf(tables.get(table).id(), tables.get(table).area()));
        }
        return closed;
    }

    /** How long a table is made ready between two parties. */
    Duration buffer(int table) {
        return buffers.get(table);
    }

    Duration longestBuffer() {
        return longestBuffer;
    }

    /** Of the whole venue, whatever part of it this is. */
    int tableCount() {
        return tables.size();
    }

    int largestParty() {
        return byPartySize.size() - 1;
    }

    /** Tightest fit first. */
    List<TableSet> seating(int partySize) {
        return partySize < byPartySize.size() ? byPartySize.get(partySize) : List.of();
    }

    /** As {@link #seating(int)}, in an area when one is named. */
    List<TableSet> seating(int partySize, Optional<String> area) {
        List<TableSet> all = seating(partySize);
        return area.isEmpty()
                ? all
                : all.stream().filter(tableSet -> tableSet.area().equals(area)).toList();
    }

    boolean hasArea(String area) {
        return tables.stream()
                .anyMatch(table -> table.area().equals(Optional.of(area)) && indexes.containsKey(table.id()));
    }

    /** The table or combination of just these tables, if the venue allows it. */
    Optional<TableSet> declared(List<String> ids) {
        return tableSets.stream()
                .filter(tableSet -> tableSet.tables().size() == ids.size()
                        && tableSet.tables().containsAll(ids))
                .findFirst();
    }

    /** Of the tables that there are, in the venue's order. */
    List<String> ids() {
        return tables.stream().map(Table::id).filter(indexes::containsKey).toList();
    }

    /** How many the tables seat together: what the venue allows, or where staff pushed them together all their chairs. */
    int covers(List<String> ids) {
        return declared(ids).map(TableSet::maxCovers).orElseGet(() -> chairs(ids));
    }

    /** Of the tables one by one; none when one of them is not there. */
    int chairs(List<String> ids) {
        return indexes.keySet().containsAll(ids)
                ? ids.stream()
                        .mapToInt(id -> tables.get(indexes.get(id)).maxCovers())
                        .sum()
                : 0;
    }

    Stream<TableSet> tableSets() {
        return tableSets.stream();
    }

    /** The tables that staff chose, whatever the party's size; empty when there is no such table. */
    Optional<TableSet> chosen(List<String> ids) {
        return indexes.keySet().containsAll(ids) ? Optional.of(tableSet(ids, 1, Integer.MAX_VALUE)) : Optional.empty();
    }

    /** Where a table stands in the venue's order; -1 for a table that is not there. */
    int indexOf(String id) {
        return indexes.getOrDefault(id, -1);
    }
}
