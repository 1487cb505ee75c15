package io.lasttable.booking.venue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a venue does about a guest who books or waits for times at which they are to come already. */
public enum SameGuest {
    ALLOW,
    /** Granted, and said. */
    WARN,
    REFUSE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SameGuest> ofLabel(String label) {
        return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
    }
}
