package io.lasttable.booking.day;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** What a command leads to: one change, or a reason why not. */
public sealed interface Decision
        permits Decision.Granted,
                Decision.Unchanged,
                Decision.Replayed,
                Decision.Repeated,
                Decision.Elsewhere,
                Refusal {

    /** What was asked is done, once the step has committed. */
    sealed interface Granted extends Decision {}

    /** @param other where the guest is to come at that time as well, when the venue wants that to be said */
    record Accepted(ReservationChange change, Optional<OtherVisit> other) implements Granted {

        public Accepted(ReservationChange change) {
            this(change, Optional.empty());
        }
    }

    /**
     * The waitlist entry as the command left it.
     *
     * @param other as in {@link Accepted}
     */
    record Listed(WaitlistEntry entry, Optional<OtherVisit> other) implements Granted {

        public Listed(WaitlistEntry entry) {
            this(entry, Optional.empty());
        }
    }

    /** What was asked for is so already: nothing is written. */
    record Unchanged(Reservation reservation) implements Decision {}

    /** The request was granted before, and this is what it was answered ({@link Receipt}). */
    record Replayed(String answer) implements Decision {}

    /** The same request stands earlier in this step, and this is what it was granted. */
    record Repeated(Granted first) implements Decision {}

    /** Not for these days alone: decide it again under the locks of these dates. */
    record Elsewhere(Set<LocalDate> dates) implements Decision {}
}
