package io.lasttable.booking.day;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the caller's own system calls a reservation or a waitlist entry, and keeps with it. Nothing here depends on it.
 *
 * @param externalId of one only at a venue
 * @param metadata strings by name
 */
public record Labels(Optional<String> externalId, Map<String, String> metadata) {

    /** Strings that are kept at most. */
    public static final int MOST = 20;

    public static final Labels NONE = new Labels(Optional.empty(), Map.of());

    public Labels {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Without the metadata, which may say anything of a guest. */
    public Labels nameOnly() {
        return new Labels(externalId, Map.of());
    }

    @Override
    public String toString() {
        return "Labels[" + externalId.orElse("") + "]";
    }
}
