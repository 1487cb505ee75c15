package io.lasttable.booking.daybook;

import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Actor;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The table {@code reservation}. What deciding about days reads of it is one statement: of each stay the columns that say who
 * keeps which table when, of neighbouring dates only the stays that reach into the day, and whole reservations only where a
 * step may change them: the day's holds, which it may expire, and those that its commands name.
 */
final class ReservationTable {

    private static final String SELECT = "select " + ReservationRow.READ
            + " from reservation r left join guest g on g.venue_id = r.venue_id and g.ref = r.guest_ref ";

    private static final String ACTIVE = "r.status in ('held', 'confirmed', 'seated')";
    private static final String BETWEEN =
            SELECT + "where r.venue_id = $1 and " + ACTIVE + " and r.date between $2 and $3";
    private static final String BY_ID = SELECT + "where r.id = $1";

    private static final String GUESTS = "select k.part, r.id, r.guest_ref, " + GuestTable.READ
            + " from unnest($1::int[], $2::text[], $3::date[]) as k(part, venue_id, date), lateral ("
            + "select r.id, r.guest_ref from reservation r where r.venue_id = k.venue_id and r.date = k.date and "
            + ACTIVE
            + " offset 0) as r, lateral (select g.name, g.email, g.phone from guest g"
            + " where g.venue_id = k.venue_id and g.ref = r.guest_ref offset 0) as g";

    private static final String KNOWN = "select id from reservation where venue_id = $1 and id = any ($2)";
    private static final String BY_EXTERNAL_ID =
            "select id, external_id from reservation where venue_id = $1 and external_id = any ($2)";

    /** What a stay needs, and of a hold the whole. */
    private static final Set<String> OF_HOLDS_ONLY = Set.of(
            "time",
            "area",
            "guest_ref",
            "note",
            "channel",
            "asked_area",
            "tables_chosen",
            "former_status",
            "former_ends_at",
            "external_id",
            "metadata",
            "created_at",
            "times");

    private static final String OF_STAYS = ReservationRow.COLUMNS.each(name -> OF_HOLDS_ONLY.contains(name)
            ? "case when r.status = 'held' then r." + name + " end as " + name
            : "r." + name);

    /**
     * A hold's guest is looked up, nobody else's. The offset 0 keeps PostgreSQL from joining freely: its generic plan then
     * read every stay and every guest of the venue.
     */
    private static final String LOAD =
            "select " + ReservationRow.READ + """
            , r.part, r.day from (
              select r.*, d.part, d.day
              from unnest($1::int[], $2::text[], $3::date[], $4::date[], $5::timestamptz[])
                as d(part, venue, day, date, since), lateral (
                select %s from reservation r
                where r.venue_id = d.venue and %s and r.date = d.date and r.ends_at > d.since offset 0) as r
              union all
              select r.*, n.part, null from unnest($6::int[], $7::text[], $8::uuid[]) as n(part, venue, id), lateral (
                select %s from reservation r where r.venue_id = n.venue and r.id = n.id offset 0) as r) as r
              left join lateral (
                select g.name, g.email, g.phone from guest g where g.venue_id = r.venue_id and g.ref = r.guest_ref offset 0)
                as g on true
            """.formatted(OF_STAYS, ACTIVE, ReservationRow.COLUMNS.from("r"));

    /** Days whose holds have run out by the database's clock, the one that all replicas share; the oldest first. */
    static final String DUE = "select venue_id, date, expires_at as due from reservation"
            + " where status = 'held' and expires_at <= now() order by expires_at limit 500";

    private static final String SAVE =
            ReservationRow.WRITTEN.insertInto("reservation") + " on conflict (venue_id, id) do update set "
                    + Columns.overwriting(
                            "date",
                            "time",
                            "starts_at",
                            "ends_at",
                            "party_size",
                            "tables",
                            "area",
                            "status",
                            "guest_ref",
                            "note",
                            "version",
                            "day_version",
                            "expires_at",
                            "asked_area",
                            "tables_chosen",
                            "former_status",
                            "former_ends_at",
                            "times",
                            "external_id",
                            "metadata")
                    + ", updated_at = now()";

    private static final String ERASE_NOTES =
            "update reservation set note = null, metadata = null, links_ended_at = clock_timestamp() + interval '30 seconds',"
                    + " updated_at = now()"
                    + " from unnest($1::text[], $2::uuid[]) as gone(v, r) where venue_id = v and guest_ref = r returning venue_id, id";

    /** Stays of a date that end later than {@code since}, which concern the {@code day}. */
    record Reach(DayKey day, LocalDate date, Instant since) {}

    /** A reservation or waitlist entry that a command names. */
    record Named(VenueId venue, UUID id) {}

    /**
     * @param stays by the day that they concern
     * @param whole the days' holds and the reservations that were named
     */
    record Loaded(Map<LocalDate, List<Stay>> stays, List<Reservation> whole) {

        static Loaded nothing() {
            return new Loaded(new HashMap<>(), new ArrayList<>());
        }

        List<Stay> of(LocalDate day) {
            return stays.getOrDefault(day, List.of());
        }
    }

    private static final String LINKS_ENDED =
            "select links_ended_at, links_from from reservation where venue_id = $1 and id = $2";

    /**
     * Links to a hold are its maker's: whoever fills it in themselves knows what they show. Each of a reservation's changes counts by
     * itself, since the maker may have been the last of them.
     */
    private static final String END_LINKS = """
            update reservation r set links_from = ended.version from (
              select m.id, max(n.version) as version
              from jsonb_to_recordset($2) as n(id uuid, version bigint, hold boolean, actor text, actor_id text)
              join reservation m on m.venue_id = $1 and m.id = n.id
              where not n.hold
                or m.made ->> 'actor' is distinct from n.actor or m.made ->> 'actorId' is distinct from n.actor_id
              group by m.id) as ended
            where r.venue_id = $1 and r.id = ended.id
            """;

    private ReservationTable() {}

    /** By the groups that ask for it. */
    static Uni<Map<Integer, Loaded>> load(SqlClient client, List<Parted<Reach>> reaches, List<Parted<Named>> named) {
        return client.preparedQuery(LOAD)
                .execute(Tuple.tuple()
                        .addValue(Parted.parts(reaches))
                        .addValue(Parted.column(
                                reaches, reach -> reach.day().venueId().value(), String[]::new))
                        .addValue(Parted.column(reaches, reach -> reach.day().date(), LocalDate[]::new))
                        .addValue(Parted.column(reaches, Reach::date, LocalDate[]::new))
                        .addValue(Parted.column(
                                reaches, reach -> reach.since().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                        .addValue(Parted.parts(named))
                        .addValue(Parted.column(named, each -> each.venue().value(), String[]::new))
                        .addValue(Parted.column(named, Named::id, UUID[]::new)))
                .map(ReservationTable::loaded);
    }

    /** Whose stays those of these days are, by the groups that ask for them and by reservation. */
    static Uni<Map<Integer, Map<UUID, Guest>>> guests(SqlClient client, List<Parted<DayKey>> days) {
        return client.preparedQuery(GUESTS)
                .execute(Tuple.of(
                        Parted.parts(days),
                        Parted.column(days, day -> day.venueId().value(), String[]::new),
                        Parted.column(days, DayKey::date, LocalDate[]::new)))
                .map(rows -> {
                    Map<Integer, Map<UUID, Guest>> guests = new HashMap<>();
                    rows.forEach(row -> guests.computeIfAbsent(row.getInteger(0), none -> new HashMap<>())
                            .put(row.getUUID(1), GuestTable.guest(row.getUUID(2), row, 3)));
                    return guests;
                });
    }

    /** Those that keep tables on these dates. */
    static Uni<List<Reservation>> activeBetween(SqlClient client, VenueId venue, LocalDate first, LocalDate last) {
        return client.preparedQuery(BETWEEN)
                .execute(Tuple.of(venue.value(), first, last))
                .map(ReservationTable::reservations);
    }

    static Uni<Optional<Reservation>> find(SqlClient client, UUID id) {
        return client.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> reservations(rows).stream().findFirst());
    }

    static Uni<Set<UUID>> known(SqlClient client, VenueId venue, Collection<UUID> ids) {
        return client.preparedQuery(KNOWN)
                .execute(Tuple.of(venue.value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getUUID(0)));
                    return known;
                });
    }

    /** Ids by the external ids that there are. */
    static Uni<Map<String, UUID>> byExternalIds(SqlClient client, VenueId venue, Collection<String> externalIds) {
        return client.preparedQuery(BY_EXTERNAL_ID)
                .execute(Tuple.of(venue.value(), externalIds.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, UUID> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString(1), row.getUUID(0)));
                    return found;
                });
    }

    static Uni<EndedLinks> endedLinks(SqlClient client, VenueId venue, UUID id) {
        return GuestTable.endedLinks(client, LINKS_ENDED, venue, id);
    }

    /** Ends the links that were given before these changes, each of which hands over or fills in. */
    static Write endLinks(VenueId venue, Collection<ReservationChange> changes) {
        JsonArray rows = new JsonArray();
        changes.forEach(change -> {
            Actor actor = change.origin().orElseThrow().actor();
            rows.add(new JsonObject()
                    .put("id", change.after().id().toString())
                    .put("version", change.after().version())
                    .put("hold", change.fillsIn())
                    .put("actor", actor.kind().label())
                    .put("actor_id", actor.id().orElse(null)));
        });
        return Write.of(END_LINKS, venue.value(), rows);
    }

    /** People write names into notes; the reservations of these guests. */
    static Uni<Erasable> eraseNotes(SqlClient transaction, Erasable guests) {
        return transaction
                .preparedQuery(ERASE_NOTES)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .map(Erasable::of);
    }

    /** A row of {@link #save}. @param made how it came to be, when the step has made it; else null */
    static JsonObject row(Reservation reservation, JsonObject made) {
        return ReservationRow.json(reservation).put("made", made);
    }

    static Write save(List<JsonObject> rows) {
        return Write.of(SAVE, new JsonArray(rows));
    }

    private static List<Reservation> reservations(RowSet<Row> rows) {
        List<Reservation> reservations = new ArrayList<>(rows.size());
        rows.forEach(row -> reservations.add(ReservationRow.reservation(row)));
        return reservations;
    }

    private static Map<Integer, Loaded> loaded(RowSet<Row> rows) {
        Map<Integer, Loaded> loaded = new HashMap<>();
        for (Row row : rows) {
            Loaded part = loaded.computeIfAbsent(row.getInteger(ReservationRow.BEHIND), none -> Loaded.nothing());
            LocalDate day = row.getLocalDate(ReservationRow.BEHIND + 1);
            if (day != null) {
                part.stays().computeIfAbsent(day, none -> new ArrayList<>()).add(ReservationRow.stay(row));
            }
            if (row.getValue(3) != null) {
                part.whole().add(ReservationRow.reservation(row));
            }
        }
        return loaded;
    }
}
