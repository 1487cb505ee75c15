package io.lasttable.booking.day;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * One step of one reservation: what it was, if it was, and what it is now.
 *
 * @param origin what made it, once a step has; absent where it is only told again
 */
public record ReservationChange(Kind kind, Optional<Reservation> before, Reservation after, Optional<Origin> origin) {

    /** The last word of the event's type, {@code io.lasttable.reservation.<label>}. */
    public enum Kind {
        HELD,
        CONFIRMED,
        MOVED,
        CHANGED,
        RESTORED,
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
        return new ReservationChange(Kind.of(after.status()), Optional.empty(), after, Optional.empty());
    }

    static ReservationChange became(Reservation before, Reservation after) {
        return new ReservationChange(Kind.of(after.status()), Optional.of(before), after, Optional.empty());
    }

    /** A move when date, time or tables differ, else a change. */
    static ReservationChange amended(Reservation before, Reservation after) {
        boolean moved = !before.date().equals(after.date())
                || !before.time().equals(after.time())
                || !before.tables().equals(after.tables());
        return new ReservationChange(moved ? Kind.MOVED : Kind.CHANGED, Optional.of(before), after, Optional.empty());
    }

    static ReservationChange restored(Reservation before, Reservation after) {
        return new ReservationChange(Kind.RESTORED, Optional.of(before), after, Optional.empty());
    }

    ReservationChange by(Origin made) {
        return new ReservationChange(kind, before, after, Optional.of(made));
    }

    /** The date that it left for another. */
    public Optional<LocalDate> left() {
        return before.map(Reservation::date).filter(date -> !date.equals(after.date()));
    }

    /** Whether guests' data came with it. */
    public boolean bringsGuest() {
        return after.guest().isPresent() && !before.map(Reservation::guest).equals(Optional.of(after.guest()));
    }

    /** Whether it became another guest's, and not by the guest's own link: links of before are not theirs. */
    public boolean handsOver() {
        return !isByLink()
                && before.flatMap(Reservation::guest)
                        .filter(was -> after.guest().filter(was::mayBe).isEmpty())
                        .isPresent();
    }

    /** Whether a hold, of nobody yet, was told whose it is, or something of them. */
    public boolean fillsIn() {
        return !isByLink()
                && before.filter(was -> was.guest().isEmpty())
                        .filter(was ->
                                after.guest().isPresent() || !after.note().equals(was.note()))
                        .isPresent();
    }

    /** Who came through a publishable key is a guest too, but nobody knows whether the one whose link it is. */
    private boolean isByLink() {
        return origin.filter(made -> made.actor().equals(Actor.GUEST)).isPresent();
    }

    /** Whether tables, or a slot's covers, may be free that were not. */
    boolean frees() {
        return before.filter(was -> was.status().occupies())
                .filter(was -> !after.status().occupies() || !takesTheSame(was))
                .isPresent();
    }

    private boolean takesTheSame(Reservation was) {
        return was.tables().equals(after.tables())
                && was.startsAt().equals(after.startsAt())
                && was.endsAt().equals(after.endsAt())
                && was.partySize() == after.partySize();
    }
}
