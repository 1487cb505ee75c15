package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.access.Lookup;
import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds a reservation for those who may see it ({@link Lookup}). */
@ApplicationScoped
class ReservationLookup {

    private final Lookup<Reservation> lookup;

    ReservationLookup(Ledger ledger, Access access, WatchTokens watchTokens, ManageTokens manageTokens) {
        Lookup.Tokens tokens = new Lookup.Tokens(watchTokens, manageTokens);
        lookup = new Lookup<>(
                access,
                tokens,
                Kind.RESERVATION,
                new InTheLedger(ledger),
                () -> Problem.of(Problem.Type.UNKNOWN_RESERVATION, "There is no such reservation."));
    }

    /** By the guest's link when one is sent, else by a bearer token with the scope. */
    Uni<Reservation> own(String id, String manageToken, Scope scope) {
        return lookup.own(id, manageToken, scope);
    }

    Uni<Reservation> allowed(String id, Scope scope) {
        return lookup.allowed(id, scope);
    }

    /** As {@link Lookup#owned}. */
    Uni<Reservation> owned(String id, String watchToken) {
        return lookup.owned(id, watchToken);
    }

    /** As {@link Lookup#ofCalendar}. */
    Uni<Reservation> ofCalendar(String calendarToken) {
        return lookup.ofCalendar(calendarToken);
    }

    Uni<Reservation> watched(String id, String watchToken) {
        return lookup.watched(id, watchToken);
    }

    private record InTheLedger(Ledger ledger) implements Lookup.Things<Reservation> {

        @Override
        public Uni<Optional<Reservation>> find(UUID id) {
            return ledger.reservation(id);
        }

        @Override
        public Uni<EndedLinks> endedLinks(Reservation reservation) {
            return ledger.endedLinks(reservation);
        }

        @Override
        public Watched place(Reservation reservation) {
            return new Watched(Kind.RESERVATION, reservation.id(), reservation.venueId());
        }

        @Override
        public Instant end(Reservation reservation) {
            return reservation.endsAt();
        }
    }
}
