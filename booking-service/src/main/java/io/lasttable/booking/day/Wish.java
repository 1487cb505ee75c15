package io.lasttable.booking.day;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * What a party asks for.
 *
 * @param time a slot's start; a walk-in starts at the present minute, whatever it says
 * @param area only tables of this area; absent means anywhere
 * @param tables the tables that staff chose; empty means the tightest fit
 * @param walkIn seated at once: any minute inside a service, no notice and no pacing
 */
public record Wish(
        LocalDate date, LocalTime time, int partySize, Optional<String> area, List<String> tables, boolean walkIn) {

    public Wish {
        tables = tables.stream().distinct().toList();
    }

    public static Wish of(LocalDate date, LocalTime time, int partySize) {
        return new Wish(date, time, partySize, Optional.empty(), List.of(), false);
    }

    Wish at(LocalTime other) {
        return new Wish(date, other, partySize, area, tables, walkIn);
    }

    /** At these tables and no others. */
    Wish at(List<String> chosen) {
        return new Wish(date, time, partySize, area, chosen, walkIn);
    }

    /** Without pacing, as walk-ins are. */
    Wish unpaced() {
        return new Wish(date, time, partySize, area, tables, true);
    }

    Wish anywhere() {
        return new Wish(date, time, partySize, Optional.empty(), tables, walkIn);
    }
}
