package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.GuestMayNot;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.venue.GuestChanges;
import io.lasttable.booking.venue.GuestChanges.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What guests may do by themselves with a reservation of theirs, as the house has it. */
final class GuestPolicy {

    private final GuestChanges house;
    private final Instant now;

    GuestPolicy(GuestChanges house, Instant now) {
        this.house = house;
        this.now = now;
    }

    /** Why a guest may not; empty when they may. Who sits at a table speaks with the house. */
    Optional<Refusal> refusal(Command command, Reservation theirs) {
        if (command instanceof Command.Amend amend && amend.patch().tables().isNamed()) {
            return Optional.of(new Mistaken("/tables", "are for the house to choose"));
        }
        if (command instanceof Command.Amend amend && amend.patch().endsAt().isPresent()) {
            return Optional.of(new Mistaken("/endsAt", "is for the house to say"));
        }
        if (command instanceof Command.Amend amend && amend.patch().labels().isNamed()) {
            return Optional.of(new Mistaken("/metadata", "and externalId are for the house's own systems"));
        }
        if (theirs.status() == Status.SEATED) {
            return Optional.of(
                    new IllegalTransition(theirs.status(), theirs.status().next()));
        }
        return actions(command, theirs).stream()
                .flatMap(action -> refusal(action, theirs.startsAt()).stream())
                .findFirst();
    }

    private Optional<Refusal> refusal(Action action, Instant start) {
        Optional<Instant> until = house.until(action, start);
        return until.filter(now::isBefore).isPresent() ? Optional.empty() : Optional.of(new GuestMayNot(action, until));
    }

    private static List<Action> actions(Command command, Reservation before) {
        List<Action> actions = new ArrayList<>();
        if (command instanceof Command.Turn) {
            actions.add(Action.CANCEL);
        }
        if (command instanceof Command.Amend amend) {
            ReservationPatch patch = amend.patch();
            add(actions, Action.MOVE, patch.restarts(before) || patch.asksForAnotherArea(before));
            add(actions, Action.PARTY, patch.wish(before).partySize() != before.partySize());
            add(actions, Action.NOTE, !patch.note(before).equals(before.note()));
            add(actions, Action.CONTACT, !patch.guest(before).equals(before.guest()));
        }
        return actions;
    }

    private static void add(List<Action> actions, Action action, boolean asked) {
        if (asked) {
            actions.add(action);
        }
    }
}
