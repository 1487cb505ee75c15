package io.lasttable.booking.day;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a reservation stands, and where it may go from there. */
public enum Status {
    HELD,
    CONFIRMED,
    SEATED,
    FINISHED,
    NO_SHOW,
    CANCELLED,
    EXPIRED;

    private static final Map<String, Status> BY_LABEL =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Status::label, Function.identity()));

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** An expired hold may still be confirmed while its tables are free. */
    public Set<Status> next() {
        return switch (this) {
            case HELD -> EnumSet.of(CONFIRMED, CANCELLED, EXPIRED);
            case CONFIRMED -> EnumSet.of(SEATED, CANCELLED, NO_SHOW);
            case SEATED -> EnumSet.of(FINISHED, CANCELLED);
            case EXPIRED -> EnumSet.of(CONFIRMED);
            case FINISHED, NO_SHOW, CANCELLED -> EnumSet.noneOf(Status.class);
        };
    }

    /** Whether the tables are kept from others. */
    public boolean occupies() {
        return this == HELD || this == CONFIRMED || this == SEATED;
    }

    /** As in the contract: {@code no-show}. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException for what is no status's label */
    public static Status ofLabel(String label) {
        Status status = BY_LABEL.get(label);
        if (status == null) {
            throw new IllegalArgumentException("No status " + label);
        }
        return status;
    }
}
