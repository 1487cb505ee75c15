package io.lasttable.booking.venue;

import io.lasttable.booking.database.Parted;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table {@code venue}: whole documents by id. */
public final class VenueTable {

    private static final String FIND = "select document::text from venue where venue_id = $1";
    private static final String LOCK = FIND + " for update";
    private static final String CLAIM = LOCK + " skip locked";
    private static final String EXISTS = "select exists (select from venue where venue_id = $1)";

    /** As many of a page as fit into so many characters, and one at least; put together here, where it costs no event loop. */
    private static final String PAGE = """
            select string_agg(text, ',' order by venue_id), max(venue_id), count(*) < max(found) or max(found) = $2 from (
              select venue_id, text, count(*) over () as found,
                sum(length(text)) over (order by venue_id) - length(text) as before
              from (select venue_id, %s::text as text from venue where venue_id > $1 order by venue_id limit $2) as page
            ) as measured where before < $3
            """;

    private static final String WHOLE = PAGE.formatted("document");
    private static final String SUMMARIES =
            PAGE.formatted("(document - '{tables,combinations,servicePeriods,specialDays,seasons,schedules}'::text[])");
    private static final String ZONES =
            "select distinct document ->> 'timeZone' from venue where $1::text[] is null or venue_id = any ($1)";
    private static final String IDS = "select venue_id from venue where venue_id > $1 order by venue_id limit $2";
    private static final String NEWEST =
            "select k.part, v.version, case when v.version = k.known then null else v.document::text end"
                    + " from unnest($1::int[], $2::text[], $3::bigint[]) as k(part, venue_id, known), lateral ("
                    + "select version, document from venue where venue.venue_id = k.venue_id offset 0) as v";
    private static final String INSERT =
            "insert into venue (venue_id, version, document) values ($1, $2, $3) on conflict do nothing";
    /** Profiles that it made are those of another venue of its group from now on, when there is one. */
    private static final String DELETE =
            "with gone as (delete from venue where venue_id = $1 returning venue_id, version, document ->> 'group' as name),"
                    + " heir as (select min(v.venue_id) as id from venue v, gone where v.venue_id <> $1"
                    + " and v.document ->> 'group' = gone.name),"
                    + " passed as (update guest_profile p set venue_id = heir.id from heir"
                    + " where p.venue_id = $1 and heir.id is not null),"
                    + " lost as (delete from guest_profile p using heir where p.venue_id = $1 and heir.id is null)"
                    + " insert into venue_gone (venue_id, version) select venue_id, version from gone"
                    + " on conflict (venue_id) do update set version = excluded.version";

    /** Nobody deletes it until the transaction ends. */
    private static final String KEEP = "select from venue where venue_id = $1 for key share";

    private static final String GROUP = "select venue_id from (" + group("$1::text") + ") as g where exists"
            + " (select from venue where venue_id = $1)";
    private static final String OTHERS =
            "select venue_id from venue where document ->> 'group' = $1 and venue_id <> $2";
    private static final String CLAIM_GROUP = "select pg_advisory_xact_lock(hashtextextended('venue group ' || $1, 0))";
    private static final String LAST_VERSION = "select version from venue_gone where venue_id = $1";
    private static final String REPLACE = "update venue set version = $2, document = $3 where venue_id = $1";

    /** @param document of that version; absent when it is the one that is known to whoever asked */
    public record Newest(long version, Optional<String> document) {}

    /** @param version that whoever asks knows, and need not be sent; 0 for none */
    public record Known(VenueId id, long version) {}

    private VenueTable() {}

    /** SQL for the ids of the venues that share with this one, itself among them. */
    public static String group(String venueId) {
        return "select %1$s as venue_id union select m.venue_id from venue m where m.document ->> 'group' ="
                        .formatted(venueId)
                + " (select h.document ->> 'group' from venue h where h.venue_id = %s)".formatted(venueId);
    }

    /** The venues that share with this one, itself among them; none when there is no such venue. */
    static Uni<Set<String>> group(SqlClient client, VenueId id) {
        return client.preparedQuery(GROUP).execute(Tuple.of(id.value())).map(VenueTable::ids);
    }

    private static Set<String> ids(RowSet<Row> rows) {
        Set<String> venues = new TreeSet<>();
        rows.forEach(row -> venues.add(row.getString(0)));
        return venues;
    }

    /** Whether there is such a venue; until the transaction ends it is not deleted then. */
    static Uni<Boolean> keep(SqlConnection transaction, VenueId id) {
        return transaction.preparedQuery(KEEP).execute(Tuple.of(id.value())).map(rows -> rows.size() == 1);
    }

    /** The other venues of the group. Until the transaction ends no other one joins it. */
    static Uni<Set<String>> joining(SqlConnection transaction, String group, VenueId own) {
        return transaction
                .preparedQuery(CLAIM_GROUP)
                .execute(Tuple.of(group))
                .chain(() -> transaction.preparedQuery(OTHERS).execute(Tuple.of(group, own.value())))
                .map(VenueTable::ids);
    }

    static Uni<Optional<Venue>> find(SqlClient client, VenueId id) {
        return find(client, FIND, id);
    }

    public static Uni<Optional<Venue>> lock(SqlConnection transaction, VenueId id) {
        return find(transaction, LOCK, id);
    }

    /** As {@link #lock}, but nothing when somebody else holds it. */
    public static Uni<Optional<Venue>> claim(SqlConnection transaction, VenueId id) {
        return find(transaction, CLAIM, id);
    }

    private static Uni<Optional<Venue>> find(SqlClient client, String sql, VenueId id) {
        return client.preparedQuery(sql).execute(Tuple.of(id.value())).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(VenueJson.stored(found.next().getString(0))) : Optional.empty();
        });
    }

    static Uni<Boolean> exists(SqlClient client, VenueId id) {
        return client.preparedQuery(EXISTS)
                .execute(Tuple.of(id.value()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Fails as unknown when there is no such venue. The document travels only when another version is known. */
    public static Uni<Newest> newest(SqlClient client, VenueId id, long known) {
        return newest(client, List.of(new Parted<>(0, new Known(id, known))))
                .map(found -> found(id, Optional.ofNullable(found.get(0))));
    }

    /** Fails as unknown when there is no such venue. */
    public static Newest found(VenueId id, Optional<Newest> read) {
        return read.orElseThrow(() -> Venues.unknown(id));
    }

    /** By the groups that ask for them; nothing of a venue that there is not. */
    public static Uni<Map<Integer, Newest>> newest(SqlClient client, List<Parted<Known>> venues) {
        return client.preparedQuery(NEWEST)
                .execute(Tuple.of(
                        Parted.parts(venues),
                        Parted.column(venues, known -> known.id().value(), String[]::new),
                        Parted.column(venues, Known::version, Long[]::new)))
                .map(rows -> {
                    Map<Integer, Newest> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getInteger(0), new Newest(row.getLong(1), Optional.ofNullable(row.getString(2)))));
                    return found;
                });
    }

    /**
     * Venues as they are stored, not understood: a page shows them whatever is wrong with one.
     *
     * @param items with commas between them
     * @param last the id of the last one, empty when there is none
     * @param mayGoOn whether there may be more
     */
    record Page(String items, String last, boolean mayGoOn) {}

    /** In order of their ids, after the given one: up to {@code limit}, and no more than fit into so many characters. */
    static Uni<Page> page(SqlClient client, boolean summaries, String after, int limit, int longest) {
        return client.preparedQuery(summaries ? SUMMARIES : WHOLE)
                .execute(Tuple.of(after, limit, longest))
                .map(rows -> {
                    Row page = rows.iterator().next();
                    return page.getString(0) == null
                            ? new Page("", "", false)
                            : new Page(page.getString(0), page.getString(1), page.getBoolean(2));
                });
    }

    /** The time zones of all venues, or of these only. */
    public static Uni<List<String>> zones(SqlClient client, Optional<String[]> venues) {
        return client.preparedQuery(ZONES)
                .execute(Tuple.of(venues.orElse(null)))
                .map(rows -> {
                    List<String> zones = new ArrayList<>(rows.size());
                    rows.forEach(row -> zones.add(row.getString(0)));
                    return zones;
                });
    }

    static Uni<List<VenueId>> ids(SqlClient client, String after, int limit) {
        return client.preparedQuery(IDS).execute(Tuple.of(after, limit)).map(rows -> {
            List<VenueId> ids = new ArrayList<>(rows.size());
            rows.forEach(row -> ids.add(new VenueId(row.getString(0))));
            return ids;
        });
    }

    static Uni<Void> delete(SqlConnection transaction, VenueId id) {
        return transaction.preparedQuery(DELETE).execute(Tuple.of(id.value())).replaceWithVoid();
    }

    /** The last version of a venue of this id that was deleted; 0 when there was none. */
    static Uni<Long> lastVersion(SqlConnection transaction, VenueId id) {
        return transaction
                .preparedQuery(LAST_VERSION)
                .execute(Tuple.of(id.value()))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? found.next().getLong(0) : 0;
                });
    }

    /** Inserts a new one, overwrites one that is there; fails when somebody else inserts at the same time. */
    static Uni<Void> save(SqlConnection transaction, Venue venue, boolean isNew) {
        return transaction
                .preparedQuery(isNew ? INSERT : REPLACE)
                .execute(Tuple.of(venue.id().value(), venue.version(), new JsonObject(VenueJson.write(venue))))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.of(
                                Problem.Type.VERSION_MISMATCH, "The venue was created at the same time; read it.");
                    }
                })
                .replaceWithVoid();
    }
}
