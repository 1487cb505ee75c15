package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Restore;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.HoldGone;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.TooEarly;
import io.lasttable.booking.day.Refusal.UnknownReservation;
import io.lasttable.booking.day.Refusal.VersionMismatch;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** One command about a reservation, against one day at one instant. */
final class ReservationDecider {

    private final Day day;
    private final Rules rules;
    private final Instant now;
    private final Bookability bookability;

    ReservationDecider(Day day, Rules rules, Instant now) {
        this.day = day;
        this.rules = rules;
        this.now = now;
        this.bookability = new Bookability(day.plan(), now);
    }

    Decision decide(Command command) {
        if (command instanceof Book book) {
            return book(book);
        }
        if (command instanceof Confirm confirm) {
            return confirm(confirm);
        }
        if (command instanceof Amend amend) {
            return amend(amend);
        }
        if (command instanceof Turn turn) {
            return turn(turn);
        }
        if (command instanceof Restore restore) {
            return restore(restore);
        }
        throw new IllegalArgumentException("Not about a reservation: " + command);
    }

    private Decision book(Book book) {
        return placing()
                .book(
                        book.wish(),
                        placement -> guestbook().admit(ReservationChange.made(reservation(book, placement))));
    }

    private Reservation reservation(Book book, Placement placement) {
        Wish wish = book.wish();
        Status status = book.hold().isPresent() ? Status.HELD : wish.walkIn() ? Status.SEATED : Status.CONFIRMED;
        return new ReservationDraft(day.plan().venue().id(), book.id())
                .on(wish.date(), bookability.slotOf(wish).orElseThrow().time())
                .placed(placement)
                .forParty(wish.partySize())
                .status(status)
                .times(Times.made(status, now))
                .guest(book.guest())
                .note(book.note())
                .channel(book.channel())
                .choice(Choice.of(wish))
                .labels(book.labels())
                .versions(1, day.nextVersion())
                .expiresAt(book.hold().map(now::plus))
                .done();
    }

    private Decision confirm(Confirm command) {
        return existing(command.id(), command.ifVersion(), hold -> {
            if (!hold.status().next().contains(Status.CONFIRMED)) {
                return illegal(hold);
            }
            return keepsItsTables(hold)
                    ? guestbook()
                            .admit(ReservationChange.became(
                                    hold, hold.confirmedFor(command.guest(), now, day.nextVersion())))
                    : gone(hold);
        });
    }

    /** A hold that ran out is as good as new while nobody has taken its tables and its start is still to come. */
    private boolean keepsItsTables(Reservation hold) {
        boolean ranOut = hold.status() == Status.EXPIRED || hold.stay().isExpired(now);
        return ranOut
                ? hold.startsAt().isAfter(now) && isStillOffered(hold) && isAdmitted(hold)
                : isFree(hold, others(hold).regardlessOfBuffers());
    }

    private Occupancy others(Reservation reservation) {
        return day.occupancy().without(reservation.id());
    }

    /** As if it came new. */
    private boolean isAdmitted(Reservation hold) {
        boolean shut = day.plan()
                .grid()
                .at(hold.time())
                .filter(slot -> slot.isShut(now))
                .isPresent();
        return !shut
                && isFree(hold, others(hold))
                && tables(hold)
                        .filter(tables -> day.closed().admit(tables, hold.startsAt(), hold.endsAt()))
                        .isPresent();
    }

    /** Where it sits, if the service of its start seats there. */
    private Optional<TableSet> tables(Reservation reservation) {
        return day.plan().floor(reservation.startsAt()).chosen(reservation.tables());
    }

    private boolean isStillOffered(Reservation reservation) {
        return day.plan()
                .grid()
                .at(reservation.time())
                .filter(slot -> slot.startsAt().equals(reservation.startsAt()))
                .isPresent();
    }

    private boolean isFree(Reservation reservation, Occupancy others) {
        return tables(reservation)
                .filter(tables -> others.isFree(
                        tables, reservation.startsAt(), reservation.endsAt(), stay -> others.blocks(stay, now)))
                .isPresent();
    }

    private Decision gone(Reservation hold) {
        return new HoldGone(day.version(), placing().alternatives(hold));
    }

    /** The reservation may come from another day: then this one is where it wants to go. */
    private Decision amend(Amend amend) {
        return existing(
                amend.id(), amend.ifVersion(), before -> new Amendment(day, now, before, amend.patch()).decide());
    }

    private Decision turn(Turn turn) {
        return existing(turn.id(), turn.ifVersion(), reservation -> {
            if (!reservation.status().next().contains(turn.to())) {
                return illegal(reservation);
            }
            Optional<Instant> from = allowedFrom(turn.to(), reservation);
            if (from.filter(now::isBefore).isPresent()) {
                return new TooEarly(reservation.status(), turn.to(), from.get());
            }
            Reservation after = turn.to() == Status.FINISHED
                    ? reservation.finishedAt(now, day.nextVersion())
                    : reservation.become(turn.to(), now, day.nextVersion());
            return new Accepted(ReservationChange.became(reservation, after));
        });
    }

    private Optional<Instant> allowedFrom(Status to, Reservation reservation) {
        return switch (to) {
            case SEATED, FINISHED -> Optional.of(reservation.startsAt().minus(rules.seatEarly()));
            case NO_SHOW -> Optional.of(reservation.startsAt().plus(rules.noShowAfter()));
            default -> Optional.empty();
        };
    }

    /**
     * The tables must be free for the whole stay, and a start that is to come must still be one of the schedule's. What is taken back is
     * as if it had not happened, so neither blocks, cut-off nor buffers bind it.
     */
    private Decision restore(Restore command) {
        return existing(command.id(), command.ifVersion(), reservation -> {
            if (reservation.former().isEmpty()) {
                return illegal(reservation);
            }
            Reservation after = reservation.restoredTo(reservation.former().get(), day.nextVersion());
            boolean offered = !after.startsAt().isAfter(now) || isStillOffered(after);
            boolean fits = day.plan().floor(after.startsAt()).covers(after.tables()) >= after.partySize()
                    || after.choice().tables();
            return offered && fits && isFree(after, others(after).regardlessOfBuffers())
                    ? new Accepted(ReservationChange.restored(reservation, after))
                    : placing().lost(after);
        });
    }

    private static Decision illegal(Reservation reservation) {
        return new IllegalTransition(reservation.status(), reservation.status().next());
    }

    private Decision existing(UUID id, OptionalLong ifVersion, Function<Reservation, Decision> decide) {
        Optional<Reservation> known = day.reservation(id);
        if (known.isEmpty()) {
            return new UnknownReservation();
        }
        long current = known.get().version();
        return ifVersion.isPresent() && ifVersion.getAsLong() != current
                ? new VersionMismatch(current)
                : decide.apply(known.get());
    }

    private Guestbook guestbook() {
        return day.guestbook(now);
    }

    private Placing placing() {
        return new Placing(day, day.occupancy(), now);
    }
}
