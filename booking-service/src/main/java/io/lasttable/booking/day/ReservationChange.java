package io.lasttable.booking.day;

import java.util.Locale;
import java.util.Optional;

/** One step of one reservation: what it was, if it was, and what it is now. */
public record ReservationChange(Kind kind, Optional<Reservation> before, Reservation after) {

    /** The last word of the event's type, {@code io.lasttable.reservation.<label>}. */
    public enum Kind {
        HELD,
        CONFIRMED,
        MOVED,
        CANCELLED,
        EXPIRED,
        SEATED,
        FINISHED,
        NO_SHOW;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(Status status) {
            return valueOf(status.name());
        }
    }

    public static ReservationChange made(Reservation after) {
        return new ReservationChange(Kind.of(after.status()), Optional.empty(), after);
    }

    static ReservationChange became(Reservation before, Reservation after) {
        return new ReservationChange(Kind.of(after.status()), Optional.of(before), after);
    }

    /** Guest or note differ: the news is of the status that stays. */
    static ReservationChange amended(Reservation before, Reservation after) {
        return became(before, after);
    }

    /** Whether guests' data came with it. */
    public boolean bringsGuest() {
        return after.guest().isPresent() && !before.map(Reservation::guest).equals(Optional.of(after.guest()));
    }

    /** Whether tables are free that were not. */
    boolean frees() {
        return before.filter(was -> was.status().occupies()).isPresent()
                && (kind == Kind.MOVED || !after.status().occupies());
    }

    static ReservationChange moved(Reservation before, Reservation after) {
        return new ReservationChange(Kind.MOVED, Optional.of(before), after);
    }
}
