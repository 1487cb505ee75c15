package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a command leads to: one change, or a reason why not. */
public sealed interface Decision {

    /** What was asked is done, once the step has committed. */
    sealed interface Granted extends Decision {}

    record Accepted(Change change) implements Granted {}

    /** The waitlist entry as the command left it. */
    record Listed(WaitlistEntry entry) implements Granted {}

    /** The request was granted before, and this is what it left ({@link Receipt}). */
    record Replayed(String content) implements Decision {}

    /** Not for these days alone: decide it again under the locks of these dates. */
    record Elsewhere(Set<LocalDate> dates) implements Decision {}

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

    record UnknownEntry() implements Refused {}

    /** A waitlist entry that is closed cannot be left or accepted any more. */
    record NotWaiting(WaitlistStatus status) implements Refused {}

    record WaitlistFull(int most) implements Refused {}

    /** A hold that the waitlist offered is accepted or declined, not moved. */
    record OfferedToWaitlist(UUID entry) implements Refused {}

    /** The idempotency key was used for another request. */
    record KeyReused() implements Refused {}

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
