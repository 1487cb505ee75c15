package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Unchanged;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.Mistaken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a patch makes of a reservation, on the day where it wants to be.
 *
 * <ul>
 *   <li>Another start is booked as anybody would book it: inside the window, with notice and pacing.
 *   <li>What keeps its start was let in once, and those limits do not bind it. Only a larger party must still pass the pacing.
 *   <li>A party that is at its table keeps its start, has its table as long as it had, and longer or shorter when staff say so.
 *   <li>Tables that staff chose stay while they fit and are free; who sits somewhere stays there unless they outgrow it or staff
 *       name other tables. An area stays if somebody asked for it.
 *   <li>What callers' own systems keep with it they may change whatever has become of it.
 *   <li>What changes nothing is no change.
 * </ul>
 */
final class Amendment {

    private final Day day;
    private final Instant now;
    private final Placing placing;
    private final Reservation before;
    private final ReservationPatch patch;
    private final boolean seated;

    Amendment(Day day, Instant now, Reservation before, ReservationPatch patch) {
        this.day = day;
        this.now = now;
        this.placing = new Placing(day, day.occupancy().without(before.id()), now);
        this.before = before;
        this.patch = patch;
        this.seated = before.status() == Status.SEATED;
    }

    Decision decide() {
        Optional<Mistaken> mistake = patch.labels().mistake(before.labels());
        if (mistake.isPresent()) {
            return mistake.get();
        }
        if (patch.isOfLabelsOnly()) {
            return changed(amended(before.choice()));
        }
        boolean mayBe = before.status().occupies() && !(seated ? patch.restarts(before) : endsUnasked());
        if (!mayBe) {
            return new IllegalTransition(before.status(), before.status().next());
        }
        if (!patch.moves(before)) {
            return changed(amended(new Choice(patch.wish(before).area(), staffsTables())));
        }
        boolean mayEnd = patch.restarts(before)
                || !patch.endsOtherwise(before)
                || day.plan().mayEnd(patch.endsAt().orElseThrow(), before.startsAt(), now);
        return mayEnd ? seat(wish()) : day.plan().wrongEnd();
    }

    /** Who is not at the table yet has the turn time, unless staff override it. */
    private boolean endsUnasked() {
        return patch.endsOtherwise(before) && !patch.overrides().contains(Limit.LENGTH);
    }

    private Decision seat(Wish wish) {
        if (wish.tables().isEmpty() && keepsTables(wish)) {
            Decision kept = seat(wish, wish.at(before.tables()), new Choice(wish.area(), staffsTables()));
            if (seated || kept instanceof Accepted) {
                return kept;
            }
        }
        return seat(wish, wish, Choice.of(wish));
    }

    private Decision seat(Wish wish, Wish at, Choice choice) {
        return patch.restarts(before)
                ? placing.book(at, placement -> changed(placed(wish, placement, choice)))
                : placing.keep(
                        eases(wish) ? at.overriding(Limit.PACING) : at,
                        before.startsAt(),
                        length(wish),
                        OwnTables.of(before),
                        placement -> changed(placed(wish, placement, choice)));
    }

    /** An area that was asked for before and that the venue has no more is asked for no more. */
    private Wish wish() {
        Wish wish = patch.wish(before);
        boolean gone = !patch.area().isNamed()
                && wish.area().filter(area -> !day.plan().floor().hasArea(area)).isPresent();
        return gone ? wish.anywhere() : wish;
    }

    private boolean staffsTables() {
        return patch.tables().value().isPresent()
                || before.choice().tables() && !patch.tables().removed();
    }

    private boolean keepsTables(Wish wish) {
        boolean there = patch.area().value().isEmpty() || patch.area().value().equals(before.area());
        int seats = Math.max(day.plan().floor().covers(before.tables()), before.partySize());
        return (seated || staffsTables()) && there && wish.partySize() <= seats;
    }

    private boolean eases(Wish wish) {
        return seated || wish.partySize() <= before.partySize();
    }

    /** A party of another size has the turn time of that size, unless it is at its table. */
    private Duration length(Wish wish) {
        Duration present = Duration.between(before.startsAt(), patch.endsAt().orElse(before.endsAt()));
        return seated || patch.endsOtherwise(before) || wish.partySize() == before.partySize()
                ? present
                : day.plan()
                        .grid()
                        .at(before.time())
                        .flatMap(slot -> slot.turnTime(wish.partySize()))
                        .orElse(present);
    }

    private ReservationDraft amended(Choice choice) {
        return before.changedIn(day.nextVersion())
                .guest(patch.guest(before))
                .note(patch.note(before))
                .labels(patch.labels().over(before.labels()))
                .choice(choice);
    }

    private ReservationDraft placed(Wish wish, Placement placement, Choice choice) {
        return amended(choice)
                .on(wish.date(), wish.time())
                .forParty(wish.partySize())
                .placed(placement);
    }

    private Decision changed(ReservationDraft draft) {
        Reservation after = draft.done();
        if (after.isSameAs(before)) {
            return new Unchanged(before);
        }
        ReservationChange change = ReservationChange.amended(before, after);
        return seated || isThereAlready(after)
                ? new Accepted(change)
                : day.guestbook(now).admit(change);
    }

    /** Whether it is the same guest, at no other time than before. */
    private boolean isThereAlready(Reservation after) {
        boolean sameGuest = after.guest()
                        .flatMap(Guest::email)
                        .equals(before.guest().flatMap(Guest::email))
                && after.guest().flatMap(Guest::phone).equals(before.guest().flatMap(Guest::phone));
        return sameGuest
                && after.startsAt().equals(before.startsAt())
                && !after.endsAt().isAfter(before.endsAt());
    }
}
