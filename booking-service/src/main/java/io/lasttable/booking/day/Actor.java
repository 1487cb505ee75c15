package io.lasttable.booking.day;

import java.util.Locale;
import java.util.Optional;

/**
 * Who makes a change, as the history keeps it.
 *
 * @param id the subject or client of a token; of a guest with the token of a publishable key, that key; absent of a guest by
 *     their link, which says nothing more, and of the system
 */
public record Actor(Kind kind, Optional<String> id) {

    /** The guest, by the link of their own. */
    public static final Actor GUEST = new Actor(Kind.GUEST, Optional.empty());

    /** Time, the line and what follows from somebody else's change. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, Optional.empty());

    /** What kind of actor it is; the news tell no more than this. */
    public enum Kind {
        STAFF,
        CLIENT,
        GUEST,
        SYSTEM;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
