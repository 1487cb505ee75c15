package io.lasttable.booking.daybook;

import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code guest}: all personal data but notes. Joined by whoever has a {@code guest_ref}. */
final class GuestTable {

    /** What is read of a guest beside the reference, in the order in which {@link #guest} takes it. */
    static final String READ = "g.name, g.email, g.phone";

    private static final Columns COLUMNS =
            Columns.of("venue_id text, ref uuid, name text, email text, email_key text, phone text");

    private static final String SAVE =
            COLUMNS.insertInto("guest") + " where name is not null" + " on conflict (venue_id, ref) do update set "
                    + Columns.overwriting("name", "email", "email_key", "phone");

    /** Guests of before have no key, and numbers as they were written. */
    static final String MATCHING =
            "select g.venue_id, g.ref, g.phone, v.document ->> 'timeZone' from guest g left join venue v using (venue_id)"
                    + " where ($4::text[] is null or g.venue_id = any ($4)) and (g.email_key = $1"
                    + " or lower(g.email) = any ($2)"
                    + " or regexp_replace(g.phone, '[^0-9]', '', 'g') = any ($3))";

    /** Those whose stays start latest: an agency's number is that of everybody it ever booked for. */
    static final String MATCHING_LATEST = "select m.* from (" + MATCHING + """
            ) as m order by (
              select max(s.starts_at) from (
                select r.starts_at from reservation r where r.venue_id = m.venue_id and r.guest_ref = m.ref offset 0) as s)
            desc nulls last limit 1000
            """;

    private static final String ERASE = "update guest set name = null, email = null, email_key = null, phone = null"
            + " from unnest($1::text[], $2::uuid[]) as gone(v, r) where venue_id = v and ref = r";

    private GuestTable() {}

    /** Anywhere, or in these venues only. */
    static Uni<Erasable> matching(SqlClient client, Sought sought, String[] venues) {
        return matching(client, MATCHING, sought, venues);
    }

    /** As {@link #matching}, up to 1,000. */
    static Uni<Erasable> matchingLatest(SqlClient client, Sought sought, String[] venues) {
        return matching(client, MATCHING_LATEST, sought, venues);
    }

    private static Uni<Erasable> matching(SqlClient client, String sql, Sought sought, String[] venues) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(
                        sought.email().map(Email::key).orElse(null),
                        sought.addresses().toArray(String[]::new),
                        sought.digits().toArray(String[]::new),
                        venues))
                .map(rows -> meant(sought, rows));
    }

    private static Erasable meant(Sought sought, RowSet<Row> rows) {
        List<Row> meant = new ArrayList<>();
        for (Row row : rows) {
            if (sought.isMeantBy(Optional.ofNullable(row.getString(2)), Country.ofZone(row.getString(3)))) {
                meant.add(row);
            }
        }
        return Erasable.of(meant);
    }

    /** Of what a guest has a link to, as its own table's statement finds it. */
    static Uni<EndedLinks> endedLinks(SqlClient client, String sql, VenueId venue, UUID id) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(venue.value(), id))
                .map(rows -> rows.size() == 0
                        ? EndedLinks.NONE
                        : endedLinks(rows.iterator().next()));
    }

    private static EndedLinks endedLinks(Row row) {
        return new EndedLinks(
                Optional.ofNullable(row.getOffsetDateTime(0)).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getLong(1)).orElse(0L));
    }

    static Uni<Integer> erase(SqlClient transaction, Erasable guests) {
        return transaction
                .preparedQuery(ERASE)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .map(RowSet::rowCount);
    }

    /** Writes guests, but not those who have been erased. @param rows each guest once */
    static Write save(Collection<JsonObject> rows) {
        return Write.of(SAVE, new JsonArray(List.copyOf(rows)));
    }

    static JsonObject row(VenueId venue, Guest guest) {
        return new JsonObject()
                .put("venue_id", venue.value())
                .put("ref", guest.ref().toString())
                .put("name", guest.name().orElse(null))
                .put("email", guest.email().orElse(null))
                .put(
                        "email_key",
                        guest.email().flatMap(Email::parse).map(Email::key).orElse(null))
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
