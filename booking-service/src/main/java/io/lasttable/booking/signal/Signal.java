package io.lasttable.booking.signal;

import java.util.Locale;

/** What replicas tell each other, each on a channel of its own. */
public enum Signal {
    /** Rows wait in the outbox; the names are shards. */
    OUTBOX,
    /** The changes feed has grown; the names are venues. */
    CHANGES;

    String channel() {
        return "lasttable_" + name().toLowerCase(Locale.ROOT);
    }
}
