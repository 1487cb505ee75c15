package io.lasttable.booking.day;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a command leads to: one change, or a reason why not. */
public sealed interface Decision {

    record Accepted(Change change) implements Decision {}

    /** Refusals change nothing. */
    sealed interface Refused extends Decision {}

    /**
     * The slot exists, and others have it.
     *
     * @param mayFreeUpAt when only holds stand in the way: the earliest instant at which they may be gone
     */
    record Taken(long dayVersion, Cause cause, Optional<Instant> mayFreeUpAt, List<Alternative> alternatives)
            implements Refused {}

    /** The hold ran out and its tables went to someone else. */
    record HoldGone(long dayVersion, List<Alternative> alternatives) implements Refused {}

    record NotBookable(Reason reason, String detail) implements Refused {}

    record UnknownReservation() implements Refused {}

    record UnknownTable() implements Refused {}

    record IllegalTransition(Status from, Set<Status> legal) implements Refused {}

    record VersionMismatch(long current) implements Refused {}

    enum Cause {
        TABLE_TAKEN,
        HELD,
        PACING;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    enum Reason {
        CLOSED,
        OUTSIDE_BOOKING_WINDOW,
        PARTY_TOO_LARGE,
        NO_SUCH_SLOT,
        NO_SUCH_LOCAL_TIME;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
