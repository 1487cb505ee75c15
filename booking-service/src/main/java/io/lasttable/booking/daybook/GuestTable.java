package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The table {@code guest}: all personal data but notes. Joined by whoever has a {@code guest_ref}. */
final class GuestTable {

    /** What is read of a guest beside the reference, in the order in which {@link #guest} takes it. */
    static final String READ = "g.name, g.email, g.phone";

    private static final Columns COLUMNS = Columns.of("venue_id text, ref uuid, name text, email text, phone text");

    private static final String SAVE = COLUMNS.insertInto("guest") + " where name is not null"
            + " on conflict (venue_id, ref) do update set " + Columns.overwriting("name", "email", "phone");

    private static final String MATCHING =
            "select venue_id, ref from guest g where ($3::text[] is null or venue_id = any ($3))"
                    + " and (lower(email) = lower($1) or regexp_replace(phone, '[^0-9]', '', 'g') = $2)";

    private static final String ERASE = "update guest set name = null, email = null, phone = null"
            + " from unnest($1::text[], $2::uuid[]) as gone(v, r) where venue_id = v and ref = r";

    private GuestTable() {}

    /** Guests with this address, in whatever case, or the number of these digits; anywhere, or in these venues only. */
    static Uni<Erasable> matching(SqlClient client, Optional<String> email, Optional<String> digits, String[] venues) {
        return client.preparedQuery(MATCHING)
                .execute(Tuple.of(email.orElse(null), digits.orElse(null), venues))
                .map(Erasable::of);
    }

    static Uni<Integer> erase(SqlClient transaction, Erasable guests) {
        return transaction
                .preparedQuery(ERASE)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .map(RowSet::rowCount);
    }

    /** Writes guests, but not those who have been erased. */
    static Write save(VenueId venue, Collection<Guest> guests) {
        JsonArray rows = new JsonArray();
        guests.forEach(guest -> rows.add(row(venue, guest)));
        return Write.of(SAVE, rows);
    }

    private static JsonObject row(VenueId venue, Guest guest) {
        return new JsonObject()
                .put("venue_id", venue.value())
                .put("ref", guest.ref().toString())
                .put("name", guest.name().orElse(null))
                .put("email", guest.email().orElse(null))
                .put("phone", guest.phone().orElse(null));
    }

    /** @param at position of the first of {@link #READ} */
    static Guest guest(UUID ref, Row row, int at) {
        return new Guest(
                ref,
                Optional.ofNullable(row.getString(at)),
                Optional.ofNullable(row.getString(at + 1)),
                Optional.ofNullable(row.getString(at + 2)));
    }
}
