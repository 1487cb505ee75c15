package io.lasttable.booking.day;

import io.lasttable.booking.venue.GuestChanges;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Why not. A refusal changes nothing. */
public sealed interface Refusal extends Decision {

    <T> T as(Cases<T> cases);

    /** One answer for each refusal: whoever tells them apart cannot forget one, or the next one that is added. */
    interface Cases<T> {

        T taken(Taken refusal);

        T holdGone(HoldGone refusal);

        T notBookable(NotBookable refusal);

        T pastCutoff(PastCutoff refusal);

        T unknownReservation(UnknownReservation refusal);

        T unknownEntry(UnknownEntry refusal);

        T notWaiting(NotWaiting refusal);

        T waitlistFull(WaitlistFull refusal);

        T offeredToWaitlist(OfferedToWaitlist refusal);

        T comesAlready(ComesAlready refusal);

        T keyReused(KeyReused refusal);

        T unknownTable(UnknownTable refusal);

        T mistaken(Mistaken refusal);

        T tooEarly(TooEarly refusal);

        T guestMayNot(GuestMayNot refusal);

        T illegalTransition(IllegalTransition refusal);

        T versionMismatch(VersionMismatch refusal);
    }

    /**
     * The slot exists, and others have it.
     *
     * @param mayFreeUpAt when only holds stand in the way: the earliest instant at which they may be gone
     */
    record Taken(long dayVersion, Cause cause, Optional<Instant> mayFreeUpAt, List<Alternative> alternatives)
            implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.taken(this);
        }
    }

    /** The hold ran out and its tables went to someone else. */
    record HoldGone(long dayVersion, List<Alternative> alternatives) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.holdGone(this);
        }
    }

    /** @param partySizes that could be seated there, where another size is what helps */
    record NotBookable(Reason reason, String detail, List<Integer> partySizes) implements Refusal {

        NotBookable(Reason reason, String detail) {
            this(reason, detail, List.of());
        }

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.notBookable(this);
        }
    }

    /**
     * The service takes no more bookings on its own date.
     *
     * @param phone of the venue, which may help
     */
    record PastCutoff(LocalTime cutoff, Instant closedAt, Optional<String> phone) implements Refusal {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.pastCutoff(this);
        }
    }

    record UnknownReservation() implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.unknownReservation(this);
        }
    }

    record UnknownEntry() implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.unknownEntry(this);
        }
    }

    /** A waitlist entry that is closed cannot be left or accepted any more. */
    record NotWaiting(WaitlistStatus status) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.notWaiting(this);
        }
    }

    record WaitlistFull(int most) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.waitlistFull(this);
        }
    }

    /** A hold that the waitlist offered is accepted or declined, not moved. */
    record OfferedToWaitlist(UUID entry) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.offeredToWaitlist(this);
        }
    }

    /** The venue does not have the same guest twice at a time. */
    record ComesAlready() implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.comesAlready(this);
        }
    }

    /** The idempotency key was used for another request. */
    record KeyReused() implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.keyReused(this);
        }
    }

    record UnknownTable() implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.unknownTable(this);
        }
    }

    /** A member of the request that the day's schedule shows to be wrong. */
    record Mistaken(String pointer, String detail) implements Refusal {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.mistaken(this);
        }
    }

    /** The step is legal, but not yet. */
    record TooEarly(Status status, Status to, Instant allowedFrom) implements Refusal {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.tooEarly(this);
        }
    }

    /** The house lets guests do this until an instant that has passed, or never. */
    record GuestMayNot(GuestChanges.Action action, Optional<Instant> until) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.guestMayNot(this);
        }
    }

    record IllegalTransition(Status from, Set<Status> legal) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.illegalTransition(this);
        }
    }

    record VersionMismatch(long current) implements Refusal {

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.versionMismatch(this);
        }
    }

    enum Cause {
        TABLE_TAKEN,
        HELD,
        PACING,
        BLOCKED,
        /** Nobody sits there then, but it would not be ready in time. */
        BUFFER;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    enum Reason {
        CLOSED,
        OUTSIDE_BOOKING_WINDOW,
        PARTY_TOO_LARGE,
        NO_TABLE_FOR_PARTY,
        NO_SUCH_AREA,
        NO_SUCH_SLOT,
        NO_SUCH_LOCAL_TIME;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
