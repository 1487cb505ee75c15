package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a party asks for.
 *
 * @param time a slot's start; a walk-in starts at the present minute, whatever it says
 * @param area only tables of this area; absent means anywhere
 * @param tables the tables that staff chose; empty means the tightest fit
 * @param walkIn seated at once: any minute inside a service, no notice and no pacing
 * @param overrides what does not bind it
 * @param endsAt in place of the turn time, where {@link Limit#LENGTH} is overridden
 */
public record Wish(
        LocalDate date,
        LocalTime time,
        int partySize,
        Optional<String> area,
        List<String> tables,
        boolean walkIn,
        Set<Limit> overrides,
        Optional<Instant> endsAt) {

    public Wish {
        tables = tables.stream().distinct().toList();
        overrides = Set.copyOf(overrides);
    }

    public Wish(
            LocalDate date, LocalTime time, int partySize, Optional<String> area, List<String> tables, boolean walkIn) {
        this(date, time, partySize, area, tables, walkIn, Set.of(), Optional.empty());
    }

    public static Wish of(LocalDate date, LocalTime time, int partySize) {
        return new Wish(date, time, partySize, Optional.empty(), List.of(), false);
    }

    boolean overrides(Limit limit) {
        return overrides.contains(limit);
    }

    Wish at(LocalTime other) {
        return new Wish(date, other, partySize, area, tables, walkIn, overrides, endsAt);
    }

    /** At these tables and no others. */
    Wish at(List<String> chosen) {
        return new Wish(date, time, partySize, area, chosen, walkIn, overrides, endsAt);
    }

    Wish overriding(Limit limit) {
        Set<Limit> more = EnumSet.of(limit);
        more.addAll(overrides);
        return new Wish(date, time, partySize, area, tables, walkIn, more, endsAt);
    }

    Wish anywhere() {
        return new Wish(date, time, partySize, Optional.empty(), tables, walkIn, overrides, endsAt);
    }
}
