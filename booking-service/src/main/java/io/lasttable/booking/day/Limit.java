package io.lasttable.booking.day;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What binds whoever books, and staff may override by its name. That a table is given once is none of these. */
public enum Limit {
    /** The venue's {@code minNotice}; a start that has passed can be had until its slot's interval is over. */
    NOTICE,
    /** How far ahead the venue is booked. */
    WINDOW,
    /** Covers that may start in a slot. */
    PACING,
    /** The turn time: the stay ends when staff say so. */
    LENGTH,
    /** A {@link Block}. */
    BLOCK,
    /** The same-day cut-off. */
    CUTOFF,
    /** The time in which a table is made ready between two parties. */
    BUFFER;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the order in which they stand here. */
    static List<String> labels(Set<Limit> limits) {
        return limits.stream().sorted().map(Limit::label).toList();
    }

    /** All of them, for whoever named another. */
    public static String labels() {
        return Stream.of(values()).map(Limit::label).collect(Collectors.joining(", "));
    }

    public static Optional<Limit> ofLabel(String label) {
        return Stream.of(values()).filter(limit -> limit.label().equals(label)).findFirst();
    }
}
