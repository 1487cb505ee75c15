package io.lasttable.booking.day;

import java.util.Locale;
import java.util.Optional;

/** One step of one reservation: what it was, if it was, and what it is now. */
public record Change(Kind kind, Optional<Reservation> before, Reservation after) {

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

    static Change made(Reservation after) {
        return new Change(Kind.of(after.status()), Optional.empty(), after);
    }

    static Change became(Reservation before, Reservation after) {
        return new Change(Kind.of(after.status()), Optional.of(before), after);
    }

    static Change moved(Reservation before, Reservation after) {
        return new Change(Kind.MOVED, Optional.of(before), after);
    }
}
