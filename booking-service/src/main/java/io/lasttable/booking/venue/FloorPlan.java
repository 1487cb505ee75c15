package io.lasttable.booking.venue;

import java.util.List;

/** The part of the house that a service period seats in: every table of these areas, and these tables; with neither all of it. */
public record FloorPlan(List<String> areas, List<String> tables) {

    public static final FloorPlan WHOLE = new FloorPlan(List.of(), List.of());

    public FloorPlan {
        areas = List.copyOf(areas);
        tables = List.copyOf(tables);
    }

    public boolean isWhole() {
        return areas.isEmpty() && tables.isEmpty();
    }

    public boolean has(Table table) {
        return isWhole() || table.area().filter(areas::contains).isPresent() || tables.contains(table.id());
    }
}
