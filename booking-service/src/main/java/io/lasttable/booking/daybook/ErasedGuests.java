package io.lasttable.booking.daybook;

import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes guests' personal data out of the book: name, e-mail and telephone, the notes of their reservations, and what callers keep with these. The days on which
 * they have a reservation or wait for one are locked first, in lock order, since a step that is under way has loaded
 * guest and note and would write them back. They are locked twice: what has moved to another date before the first lock was
 * won cannot move on without the second.
 */
public record ErasedGuests(Erasable guests, Erasable reservations, Erasable entries) {

    /** One statement of a venue's years would take longer than a statement may. */
    private static final int PART = 5_000;

    private static final String SOME_NOTES = some(
            "reservation",
            "id",
            "note = null, metadata = null, updated_at = now()",
            "note is not null or metadata is not null");
    private static final String SOME_METADATA = some("waitlist", "id", "metadata = null", "metadata is not null");
    private static final String SOME_GUESTS =
            some("guest", "ref", "name = null, email = null, email_key = null, phone = null", "name is not null");

    private static final UUID FIRST = new UUID(0, 0);

    private static String some(String table, String id, String set, String where) {
        return """
                with part as (select %2$s as id from %1$s where venue_id = $1 and %2$s > $2 order by %2$s limit %5$d),
                  gone as (update %1$s set %3$s from part
                    where %1$s.venue_id = $1 and %1$s.%2$s = part.id and (%4$s) returning %1$s.%2$s as id)
                select (select id from part order by id desc limit 1), array(select id from gone)
                """.formatted(table, id, set, where, PART);
    }

    /** @param venues where to look; everywhere when absent */
    public static Uni<ErasedGuests> erase(SqlConnection transaction, Sought sought, Optional<Set<String>> venues) {
        String[] where = venues.map(ids -> ids.toArray(String[]::new)).orElse(null);
        return GuestTable.matching(transaction, sought, where).chain(guests -> erase(transaction, guests));
    }

    /**
     * All guests of a venue whose days are locked and over, in the order of {@link PastGuests}.
     *
     * @param tell is given the guests, a part at a time
     */
    static Uni<Void> eraseAll(SqlConnection transaction, VenueId venue, Function<Erasable, Uni<Void>> tell) {
        Function<Erasable, Uni<Void>> silently = gone -> Uni.createFrom().voidItem();
        return all(transaction, SOME_NOTES, venue, FIRST, silently)
                .chain(() -> all(transaction, SOME_METADATA, venue, FIRST, silently))
                .chain(() -> all(transaction, SOME_GUESTS, venue, FIRST, tell));
    }

    private static Uni<Void> all(
            SqlConnection transaction, String some, VenueId venue, UUID after, Function<Erasable, Uni<Void>> then) {
        return transaction
                .preparedQuery(some)
                .execute(Tuple.of(venue.value(), after))
                .map(rows -> rows.iterator().next())
                .chain(row -> row.getUUID(0) == null
                        ? Uni.createFrom().voidItem()
                        : then.apply(Erasable.of(venue, row.getArrayOfUUIDs(1)))
                                .chain(() -> all(transaction, some, venue, row.getUUID(0), then)));
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
