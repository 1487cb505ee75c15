package io.lasttable.booking.outbox;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Above which id a look begins. Removed rows stay in the table's index until it is vacuumed, and a look from the lowest id would
 * step over all of them, more with every booking.
 *
 * <p>An id is drawn before its transaction commits, so that a row may yet appear below rows that are gone already, and behind
 * it another one of the same day. The start must not pass such a row. Whoever appends has a transaction id before it
 * draws the row's, since it has locked or written something ({@link Outbox#append} asks for that). So once a row has been
 * read, every transaction that has drawn a lower id has a transaction id below the next one that is given out; when all
 * below that one have ended, a look finds every row up to the one that was read that there will ever be.
 *
 * <p>A transaction that stays open, on whatever database of the server, holds the start back; looks are whole then. For one
 * thread.
 */
final class LookStart {

    private static final long LOWEST = Long.MIN_VALUE;

    /** Rows after which the server is asked before its time: however many come, a look steps over about twice as many. */
    static final int MANY = 64;

    private final LongSupplier nanos;
    private final long checkNanos;
    private long checkedAt;
    private int readSince;
    private long above = LOWEST;
    private long highestRead = LOWEST;

    /** Rows up to {@code settling} wait for the transactions below {@code barrier} to end; those up to {@code settled} are there. */
    private long settling = LOWEST;

    private long barrier = Long.MAX_VALUE;
    private long settled = LOWEST;

    /**
     * Transactions of the server at one moment.
     *
     * @param next an id that no transaction has had before
     * @param oldest all below it have ended
     */
    record Transactions(long next, long oldest) {}

    /**
     * @param nanos a clock like {@link System#nanoTime}
     * @param checkNanos the most between two questions for the server's transactions
     */
    LookStart(LongSupplier nanos, long checkNanos) {
        this.nanos = nanos;
        this.checkNanos = checkNanos;
        this.checkedAt = nanos.getAsLong();
    }

    /** Whether the server's transactions should be asked for before the next look. */
    boolean isDue() {
        return highestRead > above && (readSince >= MANY || nanos.getAsLong() - checkedAt >= checkNanos);
    }

    /** What was asked for, before the next look. */
    void running(Transactions transactions) {
        checkedAt = nanos.getAsLong();
        readSince = 0;
        if (transactions.oldest() >= barrier) {
            settled = settling;
        }
        if (settled == settling) {
            settling = highestRead;
            barrier = transactions.next();
        }
    }

    /** The next look finds ids above this one. */
    long above() {
        return above;
    }

    /**
     * What a look has found; it is sent, or the relay begins anew.
     *
     * @param all whether that was all there is
     */
    void read(List<OutboxRows.Row> rows, boolean all) {
        readSince += rows.size();
        for (OutboxRows.Row row : rows) {
            highestRead = Math.max(highestRead, row.id());
        }
        if (all) {
            above = settled;
        }
    }
}
