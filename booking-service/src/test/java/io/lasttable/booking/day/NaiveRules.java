package io.lasttable.booking.day;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Whether a request is granted, by trying everything and counting, of what the changes alone have told. */
final class NaiveRules {

    private final DayLife life;

    NaiveRules(DayLife life) {
        this.life = life;
    }

    /** What the naive model knows for sure about one request; empty where it does not judge. */
    Optional<Boolean> isPossible(Command command) {
        if (command instanceof Command.Book book) {
            return Optional.of(room(book.wish(), Optional.empty()));
        }
        if (command instanceof Command.Turn turn) {
            Reservation reservation = life.told.get(turn.id());
            return Optional.of(reservation != null
                    && reservation.status().next().contains(turn.to())
                    && !life.now.isBefore(firstTime(reservation, turn.to())));
        }
        if (command instanceof Command.Amend amend) {
            return Optional.of(mayAmend(amend));
        }
        if (command instanceof Command.Restore restore) {
            return Optional.of(mayRestore(life.told.get(restore.id())));
        }
        if (command instanceof Command.Relist relist) {
            return Optional.of(life.line
                    .entry(relist.id())
                    .filter(entry -> entry.status() == WaitlistStatus.WAITING)
                    .isPresent());
        }
        return Optional.empty();
    }

    private static Instant firstTime(Reservation reservation, Status to) {
        return switch (to) {
            case SEATED, FINISHED -> reservation.startsAt().minus(DayWorld.RULES.seatEarly());
            case NO_SHOW -> reservation.startsAt();
            default -> Instant.MIN;
        };
    }

    private boolean mayRestore(Reservation reservation) {
        if (reservation == null || reservation.former().isEmpty()) {
            return false;
        }
        Instant end = reservation.status() == Status.FINISHED
                ? reservation.former().get().endsAt()
                : reservation.endsAt();
        Wish wish = wish(reservation).at(reservation.tables()).overriding(Limit.BUFFER);
        Day others = NaiveDay.without(life.days.get(reservation.date()), reservation.id());
        boolean fits = reservation.choice().tables()
                || NaiveDay.covers(life.venue, reservation.tables()) >= reservation.partySize();
        boolean offered = !reservation.startsAt().isAfter(life.now)
                || others.plan()
                        .grid()
                        .at(reservation.time())
                        .filter(slot -> slot.startsAt().equals(reservation.startsAt()))
                        .isPresent();
        return fits
                && offered
                && NaiveDay.free(NaiveDay.opened(others), wish, reservation.startsAt(), end, life.now) > 0;
    }

    private static Wish wish(Reservation reservation) {
        return Wish.of(reservation.date(), reservation.time(), reservation.partySize());
    }

    private boolean mayAmend(Command.Amend amend) {
        Reservation before = life.told.get(amend.id());
        ReservationPatch patch = amend.patch();
        if (before == null || !before.status().occupies()) {
            return false;
        }
        boolean seated = before.status() == Status.SEATED;
        boolean mayEndOtherwise = seated || patch.overrides().contains(Limit.LENGTH);
        if (seated && patch.restarts(before) || !mayEndOtherwise && patch.endsOtherwise(before)) {
            return false;
        }
        if (!patch.moves(before)) {
            return true;
        }
        boolean offered = life.line.all().anyMatch(entry -> entry.isOffered(before.id()));
        return !offered
                && (patch.restarts(before)
                        ? mayHave(patch, before, wish -> room(wish, Optional.of(before.id())))
                        : mayHave(patch, before, wish -> mayKeep(patch, before, wish)));
    }

    /** At the tables that it has, if staff chose them or it sits there and they seat the party, or anywhere else that it asks for. */
    private boolean mayHave(ReservationPatch patch, Reservation before, Predicate<Wish> free) {
        Wish wish = asked(patch, before);
        boolean own = wish.tables().isEmpty()
                && (before.status() == Status.SEATED
                        || before.choice().tables() && !patch.tables().removed())
                && (patch.area().value().isEmpty() || patch.area().value().equals(before.area()))
                && (wish.partySize() <= before.partySize()
                        || wish.partySize() <= NaiveDay.covers(life.venue, before.tables()));
        boolean elsewhere = !own || before.status() != Status.SEATED;
        return own && free.test(wish.at(before.tables())) || elsewhere && free.test(wish);
    }

    /** An area that was asked for before, and that the venue has no more, is asked for no more. */
    private Wish asked(ReservationPatch patch, Reservation before) {
        Wish wish = patch.wish(before);
        boolean isThere = wish.area().isEmpty()
                || life.venue.tables().stream().anyMatch(table -> table.area().equals(wish.area()));
        return patch.area().isNamed() || isThere ? wish : wish.anywhere();
    }

    private boolean mayKeep(ReservationPatch patch, Reservation before, Wish wish) {
        boolean seated = before.status() == Status.SEATED;
        Day others = NaiveDay.without(life.days.get(before.date()), before.id());
        Instant end = patch.endsAt().orElse(before.endsAt());
        if (patch.endsOtherwise(before) && (!end.isAfter(life.now) || !end.isAfter(before.startsAt()))) {
            return false;
        }
        if (!seated && !patch.endsOtherwise(before) && wish.partySize() != before.partySize()) {
            Slot slot = others.plan().grid().at(before.time()).orElseThrow();
            end = before.startsAt().plus(slot.turnTime(wish.partySize()).orElseThrow());
        }
        boolean paced = seated || wish.partySize() <= before.partySize() || NaiveDay.isPaced(others, wish, life.now);
        OwnTables own = new OwnTables(before.tables(), seated ? Instant.MAX : before.endsAt());
        return paced && NaiveDay.free(others, wish, before.startsAt(), end, life.now, own) > 0;
    }

    private boolean room(Wish wish, Optional<UUID> except) {
        Day day = life.days.get(wish.date());
        Day others = except.map(id -> NaiveDay.without(day, id)).orElse(day);
        if (wish.walkIn()) {
            return walkIn(others, wish);
        }
        Instant start = day.plan().grid().at(wish.time()).orElseThrow().startsAt();
        Instant first = wish.overrides(Limit.NOTICE) ? life.now.minusSeconds(30 * 60 - 1) : life.now.plus(life.notice);
        return !start.isBefore(first) && ends(wish, start) && NaiveDay.left(others, wish, life.now) > 0;
    }

    private boolean ends(Wish wish, Instant start) {
        return wish.endsAt().isEmpty()
                || wish.endsAt().get().isAfter(start) && wish.endsAt().get().isAfter(life.now);
    }

    /** At the present minute, by the slot that is running. */
    private boolean walkIn(Day day, Wish wish) {
        Instant minute = life.now.truncatedTo(ChronoUnit.MINUTES);
        return ends(wish, minute)
                && day.plan().grid().slots().stream()
                        .filter(slot -> !slot.startsAt().isAfter(life.now)
                                && life.now.isBefore(slot.startsAt().plus(Duration.ofMinutes(30))))
                        .flatMap(slot -> slot.turnTime(wish.partySize()).stream())
                        .anyMatch(turn ->
                                NaiveDay.free(day, wish, minute, wish.endsAt().orElse(minute.plus(turn)), life.now)
                                        > 0);
    }
}
