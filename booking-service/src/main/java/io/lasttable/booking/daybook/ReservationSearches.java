package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.ReservationSearch.By;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds reservations: for each way to look a statement of its own, which an index serves whatever the values. What has no index,
 * a text, is looked for in the order of the dates and in a window of them, so that its cost is that of the window.
 */
final class ReservationSearches {

    private static final String PLACE = "(r.date, r.starts_at, r.id) > ($2, $3, $4) and r.date <= $6";
    private static final String BY_DATE = "r.date, r.starts_at, r.id";

    private static final String GUEST = " left join lateral (select g.name, g.email, g.phone from guest g"
            + " where g.venue_id = r.venue_id and g.ref = r.guest_ref offset 0) as g on true";

    private static final String OF_STATUSES = " and (cardinality($7::text[]) = 0 or r.status = any ($7))";

    static final String DATES = read("select r.* from reservation r where r.venue_id = $1 and " + PLACE, BY_DATE, "$5");

    /** Of several statuses each is read up to the limit, in the order of an index. */
    static final String STATUSES = read(
            "select r.* from unnest($7::text[]) as s(status), lateral (select r.* from reservation r where r.venue_id = $1"
                    + " and " + PLACE + " and r.status = s.status order by " + BY_DATE + " limit $5) as r",
            BY_DATE,
            "$5");

    /** First all of the guests, who are few: with a limit in sight PostgreSQL would rather read the venue's dates in order. */
    static final String GUESTS = read(
            "select r.* from (select r.* from reservation r where r.venue_id = $1 and r.guest_ref = any ($8) offset 0) as r"
                    + " where " + PLACE + OF_STATUSES,
            BY_DATE,
            "$5");

    static final String TEXT = read(
            "select r.* from reservation r" + GUEST + " where r.venue_id = $1 and " + PLACE + OF_STATUSES
                    + " and (g.name ilike $8 or g.email ilike $8 or r.external_id ilike $8"
                    + " or $9 <> '' and strpos(regexp_replace(g.phone, '[^0-9]', '', 'g'), $9) > 0)",
            BY_DATE,
            "$5");

    static final String EXTERNAL_ID =
            read("select r.* from reservation r where r.venue_id = $1 and r.external_id = $2", BY_DATE, "1");

    static final String CHANGES = read(
            "select r.* from reservation r where r.venue_id = $1 and (r.updated_at, r.id) > ($2, $3)",
            "r.updated_at, r.id",
            "$4");

    private ReservationSearches() {}

    private static String read(String rows, String order, String limit) {
        return "select " + ReservationRow.READ + ", r.updated_at from (" + rows + " order by " + order + " limit "
                + limit + ") as r" + GUEST + " order by " + order;
    }

    static Uni<List<Found>> find(SqlClient client, ReservationSearch search) {
        if (search.by() instanceof By.ExternalId call) {
            return found(client, EXTERNAL_ID, Tuple.of(search.venueId().value(), call.externalId()));
        }
        if (search.by() instanceof By.Change change) {
            return found(
                    client,
                    CHANGES,
                    Tuple.of(
                            search.venueId().value(),
                            change.since().atOffset(ZoneOffset.UTC),
                            change.after(),
                            search.limit()));
        }
        if (search.by() instanceof By.Contact contact) {
            return ofGuests(client, search, contact);
        }
        if (search.by() instanceof By.Text text) {
            String pattern = "%" + text.text().replaceAll("([\\\\%_])", "\\\\$1") + "%";
            String digits = text.text().matches("[-+0-9 ()./]+") ? text.text().replaceAll("[^0-9]", "") : "";
            return found(
                    client,
                    TEXT,
                    place(search).addValue(statuses(search)).addValue(pattern).addValue(digits));
        }
        return search.statuses().isEmpty()
                ? found(client, DATES, place(search))
                : found(client, STATUSES, place(search).addValue(statuses(search)));
    }

    private static Uni<List<Found>> ofGuests(SqlClient client, ReservationSearch search, By.Contact contact) {
        String venue = search.venueId().value();
        return Sought.of(client, contact.email(), contact.phone(), Optional.of(Set.of(venue)))
                .chain(sought -> GuestTable.matching(client, sought, new String[] {venue}))
                .chain(guests -> found(
                        client, GUESTS, place(search).addValue(statuses(search)).addValue(guests.ids())));
    }

    private static Tuple place(ReservationSearch search) {
        return Tuple.tuple()
                .addValue(search.venueId().value())
                .addValue(search.after().date())
                .addValue(search.after().startsAt().atOffset(ZoneOffset.UTC))
                .addValue(search.after().id())
                .addValue(search.limit())
                .addValue(search.to());
    }

    private static String[] statuses(ReservationSearch search) {
        return search.statuses().stream().map(Status::label).toArray(String[]::new);
    }

    private static Uni<List<Found>> found(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).map(ReservationSearches::found);
    }

    private static List<Found> found(RowSet<Row> rows) {
        List<Found> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(new Found(
                ReservationRow.reservation(row),
                row.getOffsetDateTime(ReservationRow.BEHIND).toInstant())));
        return found;
    }
}
