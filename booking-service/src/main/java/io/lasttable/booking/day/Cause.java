package io.lasttable.booking.day;

import java.util.Locale;

/** Why something changed. */
public enum Cause {
    BOOKED,
    HELD,
    WALK_IN,
    IMPORTED,
    HOLD_CONFIRMED,
    OFFER_ACCEPTED,
    CHANGED,
    /** Staff have given it another place in line. */
    REORDERED,
    RESTORED,
    CANCELLED,
    SEATED,
    FINISHED,
    NO_SHOW,
    JOINED,
    WITHDRAWN,
    DECLINED,
    /** What became free was offered to the first in line. */
    OFFERED,
    /** A hold, an offer or the last start that somebody waited for has passed. */
    EXPIRED,
    /** A new version of the venue has no place for it, or another time. */
    VENUE_CHANGED;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Cause of(Command command) {
        if (command instanceof Command.Book book) {
            return book.hold().isPresent() ? HELD : book.wish().walkIn() ? WALK_IN : BOOKED;
        }
        if (command instanceof Command.Turn turn) {
            return valueOf(turn.to().name());
        }
        if (command instanceof Command.Confirm) {
            return HOLD_CONFIRMED;
        }
        if (command instanceof Command.Accept) {
            return OFFER_ACCEPTED;
        }
        if (command instanceof Command.Relist relist) {
            return relist.position().isPresent() ? REORDERED : CHANGED;
        }
        if (command instanceof Command.Restore) {
            return RESTORED;
        }
        return command instanceof Command.Join ? JOINED : command instanceof Command.Leave ? WITHDRAWN : CHANGED;
    }
}
