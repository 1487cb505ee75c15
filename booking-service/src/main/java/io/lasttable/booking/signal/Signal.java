package io.lasttable.booking.signal;

import java.util.Locale;

/** What replicas tell each other, each on a channel of its own. */
public enum Signal {
    /** Rows wait in the outbox, or a shard of it was given back; the names are shards. */
    OUTBOX,
    /** The changes feed has grown; the names are venues. */
    CHANGES;

    /** PostgreSQL's. */
    public String channel() {
        return "lasttable_" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * What goes over the channel.
     *
     * @param sender a word; the replica that has it as its own does not hear it
     */
    public static String message(String sender, String names) {
        return sender + ' ' + names;
    }
}
