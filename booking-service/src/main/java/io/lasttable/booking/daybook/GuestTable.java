package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.venue.VenueId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
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

    private GuestTable() {}

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
