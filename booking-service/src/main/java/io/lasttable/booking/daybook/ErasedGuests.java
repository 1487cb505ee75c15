package io.lasttable.booking.daybook;

import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import java.util.Set;

/**
 * Takes guests' personal data out of the book: name, e-mail and telephone, the notes of their reservations, and what callers keep with these. The days on which
 * they have a reservation or wait for one are locked first, in lock order, since a step that is under way has loaded
 * guest and note and would write them back. They are locked twice: what has moved to another date before the first lock was
 * won cannot move on without the second.
 */
public record ErasedGuests(Erasable guests, Erasable reservations, Erasable entries) {

    /** Years of a venue's guests are rows that nobody else waits for. */
    private static final String LONGER = "set local statement_timeout = '60s'";

    private static final String ALL_GUESTS =
            "update guest set name = null, email = null, email_key = null, phone = null"
                    + " where venue_id = $1 and name is not null";
    private static final String ALL_NOTES = "update reservation set note = null, metadata = null, updated_at = now()"
            + " where venue_id = $1 and (note is not null or metadata is not null)";
    private static final String ALL_METADATA =
            "update waitlist set metadata = null where venue_id = $1 and metadata is not null";

    /** @param venues where to look; everywhere when absent */
    public static Uni<ErasedGuests> erase(SqlConnection transaction, Sought sought, Optional<Set<String>> venues) {
        String[] where = venues.map(ids -> ids.toArray(String[]::new)).orElse(null);
        return GuestTable.matching(transaction, sought, where).chain(guests -> erase(transaction, guests));
    }

    /** All guests of a venue whose days are locked and over. */
    static Uni<Void> eraseAll(SqlConnection transaction, VenueId venue) {
        Tuple all = Tuple.of(venue.value());
        return transaction
                .query(LONGER)
                .execute()
                .chain(() -> transaction.preparedQuery(ALL_GUESTS).execute(all))
                .chain(() -> transaction.preparedQuery(ALL_NOTES).execute(all))
                .chain(() -> transaction.preparedQuery(ALL_METADATA).execute(all))
                .replaceWithVoid();
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
