package io.lasttable.booking.day;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a reservation was made, and when it last became what it is or has been; a step that was taken back is left out.
 *
 * @param createdAt absent of one from before this was kept
 */
public record Times(Optional<Instant> createdAt, Map<Status, Instant> reached) {

    public static final Times UNKNOWN = new Times(Optional.empty(), Map.of());

    public Times {
        reached = Collections.unmodifiableMap(new TreeMap<>(reached));
    }

    public static Times made(Status first, Instant at) {
        return new Times(Optional.of(at), Map.of(first, at));
    }

    Times reaching(Status next, Instant at) {
        Map<Status, Instant> more = new TreeMap<>(reached);
        more.put(next, at);
        return new Times(createdAt, more);
    }

    Times takingBack(Status left) {
        Map<Status, Instant> less = new TreeMap<>(reached);
        less.remove(left);
        return new Times(createdAt, less);
    }
}
