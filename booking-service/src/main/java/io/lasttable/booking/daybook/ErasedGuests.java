package io.lasttable.booking.daybook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.Set;

/**
 * Takes guests' personal data out of the book: name, e-mail and telephone, the notes of their reservations, and what callers keep with these. The days on which
 * they have a reservation or wait for one are locked first, in lock order, since a step that is under way has loaded
 * guest and note and would write them back. They are locked twice: what has moved to another date before the first lock was
 * won cannot move on without the second.
 */
public record ErasedGuests(Erasable guests, Erasable reservations, Erasable entries) {

    /** @param venues where to look; everywhere when absent */
    public static Uni<ErasedGuests> erase(SqlConnection transaction, Sought sought, Optional<Set<String>> venues) {
        String[] where = venues.map(ids -> ids.toArray(String[]::new)).orElse(null);
        return GuestTable.matching(transaction, sought, where).chain(guests -> erase(transaction, guests));
    }

    private static Uni<ErasedGuests> erase(SqlConnection transaction, Erasable guests) {
        return DayTable.lockOfGuests(transaction, guests)
                .chain(() -> DayTable.lockOfGuests(transaction, guests))
                .chain(() -> GuestTable.erase(transaction, guests))
                .chain(() -> ReservationTable.eraseNotes(transaction, guests))
                .chain(reservations -> WaitlistTable.eraseMetadata(transaction, guests)
                        .map(entries -> new ErasedGuests(guests, reservations, entries)));
    }
}
