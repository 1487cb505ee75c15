package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** What somebody has booked in some venues, whoever of the guests there they are: read by the index of guests, not by dates. */
public final class GuestVisits {

    private static final int SHOWN = 10;

    private static final String OF_GUESTS = """
            from unnest($1::text[], $2::uuid[]) as g(v, ref), lateral (
              select * from reservation r where r.venue_id = g.v and r.guest_ref = g.ref offset 0) as r
            where r.status in ('confirmed', 'seated', 'finished', 'no-show', 'cancelled')
            """;

    static final String COUNTS = "select r.status, count(*) " + OF_GUESTS + " group by r.status";

    static final String LAST = "select r.id, r.venue_id, r.date, r.time, r.party_size, r.status " + OF_GUESTS
            + " order by r.starts_at desc, r.id limit " + SHOWN;

    /** One of them. */
    public record Visit(String reservationId, String venueId, String date, String time, int partySize, String status) {}

    /**
     * All of them.
     *
     * @param counts by status
     * @param last those that start latest, the latest first; some are still to come
     */
    public record Visits(Map<String, Long> counts, List<Visit> last) {}

    private GuestVisits() {}

    /**
     * Of each contact the guests whose stays start latest, up to 1,000.
     *
     * @param contacts of one person, each alone; one at least
     */
    public static Uni<Visits> of(Pool database, List<Sought> contacts, String[] venues) {
        return Transactions.read(database, connection -> matching(connection, contacts, venues))
                .map(GuestVisits::once)
                .chain(guests -> Transactions.read(database, connection -> of(connection, guests)));
    }

    private static Uni<List<Erasable>> matching(SqlConnection connection, List<Sought> contacts, String[] venues) {
        return Uni.join()
                .all(contacts.stream()
                        .map(contact -> GuestTable.matchingLatest(connection, contact, venues))
                        .toList())
                .andFailFast();
    }

    private static Uni<Visits> of(SqlConnection connection, Erasable guests) {
        Tuple who = Tuple.of(guests.venues(), guests.ids());
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(COUNTS).execute(who),
                        connection.preparedQuery(LAST).execute(who))
                .with((counts, last) -> new Visits(counts(counts), visits(last)));
    }

    /** A guest has both an address and a number, most often. */
    private static Erasable once(List<Erasable> found) {
        Map<UUID, String> venues = new TreeMap<>();
        for (Erasable each : found) {
            for (int i = 0; i < each.count(); i++) {
                String before = venues.put(each.ids()[i], each.venues()[i]);
                assert before == null || before.equals(each.venues()[i]);
            }
        }
        return new Erasable(
                venues.values().toArray(String[]::new), venues.keySet().toArray(UUID[]::new));
    }

    private static Map<String, Long> counts(RowSet<Row> rows) {
        Map<String, Long> counts = new TreeMap<>();
        Stream.of("confirmed", "seated", "finished", "no-show", "cancelled").forEach(status -> counts.put(status, 0L));
        rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private static List<Visit> visits(RowSet<Row> rows) {
        List<Visit> visits = new ArrayList<>(rows.size());
        rows.forEach(row -> visits.add(new Visit(
                row.getUUID(0).toString(),
                row.getString(1),
                row.getLocalDate(2).toString(),
                row.getLocalTime(3).toString(),
                row.getInteger(4),
                row.getString(5))));
        return visits;
    }
}
