package io.lasttable.benchmark.history;

import java.time.Instant;

/**
 * One thing that a client wanted, however often it had to send it.
 *
 * @param key its Idempotency-Key, and the note of the reservation that it makes
 * @param client who wanted it
 * @param from start of the stay that is wanted
 * @param to its end
 * @param began when it was first sent; nanoseconds of the recorder's clock, as all times here
 * @param ended when the last answer came, or when the client gave up
 */
public record Operation(
        String key,
        String client,
        Kind kind,
        DayKey day,
        Instant from,
        Instant to,
        long began,
        long ended,
        Outcome outcome) {

    public enum Kind {
        BOOK,
        HOLD,
        CONFIRM,
        MOVE,
        CANCEL,
        JOIN;

        public boolean makesReservation() {
            return this == BOOK || this == HOLD;
        }
    }

    /** What the client knows afterwards. */
    public sealed interface Outcome {}

    /** It was done, and this is what it made. */
    public record Done(Change change) implements Outcome {}

    /** It was refused for want of a table, after a look at this version of the day. */
    public record Refused(long dayVersion) implements Outcome {}

    /** It was done, or refused for a reason that says nothing about a table. */
    public record Answered(int status, String what) implements Outcome {}

    /** No answer came: it may have been done or not. */
    public record Unknown() implements Outcome {}

    @Override
    public String toString() {
        return kind + " " + key + " of " + client + " on " + day + ": " + outcome;
    }
}
