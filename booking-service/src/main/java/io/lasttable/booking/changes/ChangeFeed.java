package io.lasttable.booking.changes;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads the feed. Its numbers are drawn per venue by the one statement that takes published events out of the outbox, under
 * a row lock that is held until its commit, so a number becomes visible only after all smaller ones: a cursor skips nothing,
 * however the bookings' own transactions overlapped.
 */
@ApplicationScoped
class ChangeFeed {

    private static final String HEAD = "select coalesce((select seq from change_head where venue_id = $1), 0),"
            + " exists (select from venue where venue_id = $1)";
    private static final String AFTER = "select seq, event_id::text, type, subject, time, payload from change"
            + " where venue_id = $1 and seq > $2 order by seq limit $3";
    private static final String HEADS = "select venue_id, seq from change_head where venue_id = any ($1)";

    private final Pool database;

    ChangeFeed(Pool database) {
        this.database = database;
    }

    /** Up to {@code limit} changes behind the cursor; fails when some of them have been removed by age. */
    Uni<FeedPage> after(VenueId venue, long cursor, int limit) {
        return read(venue, cursor, limit, (head, rows) -> page(cursor, head, rows));
    }

    /** As {@link #after} from the oldest change that is kept. */
    Uni<FeedPage> fromOldest(VenueId venue, int limit) {
        return read(venue, 0, limit, (head, rows) -> rows.size() == 0 ? FeedPage.empty(head) : page(rows));
    }

    /** Head and rows of one instant: what the head counts and the rows lack has been removed. */
    private Uni<FeedPage> read(VenueId venue, long cursor, int limit, BiFunction<Long, RowSet<Row>, FeedPage> page) {
        return Transactions.read(
                database,
                connection -> Uni.combine()
                        .all()
                        .unis(head(connection, venue), rows(connection, venue, cursor, limit))
                        .with(page));
    }

    /** The cursor behind everything there is. */
    Uni<FeedPage> newest(VenueId venue) {
        return Transactions.read(database, connection -> head(connection, venue))
                .map(FeedPage::empty);
    }

    /** The newest numbers of venues that have any. */
    Uni<Map<VenueId, Long>> heads(Set<VenueId> venues) {
        String[] ids = venues.stream().map(VenueId::value).toArray(String[]::new);
        return Transactions.read(
                        database, connection -> connection.preparedQuery(HEADS).execute(Tuple.of(ids)))
                .map(rows -> {
                    Map<VenueId, Long> heads = new HashMap<>();
                    rows.forEach(row -> heads.put(new VenueId(row.getString(0)), row.getLong(1)));
                    return heads;
                });
    }

    private static Uni<Long> head(SqlConnection connection, VenueId venue) {
        return connection.preparedQuery(HEAD).execute(Tuple.of(venue.value())).map(rows -> {
            Row row = rows.iterator().next();
            if (!row.getBoolean(1)) {
                throw Venues.unknown(venue);
            }
            return row.getLong(0);
        });
    }

    private static Uni<RowSet<Row>> rows(SqlConnection connection, VenueId venue, long cursor, int limit) {
        return connection.preparedQuery(AFTER).execute(Tuple.of(venue.value(), cursor, limit));
    }

    private static FeedPage page(long cursor, long head, RowSet<Row> rows) {
        if (cursor > head + rows.size()) {
            throw Problem.invalid("/query/after", "is not a cursor that this feed has given");
        }
        boolean removed =
                rows.size() == 0 ? cursor < head : rows.iterator().next().getLong(0) > cursor + 1;
        if (removed) {
            throw Problem.of(
                    Problem.Type.CURSOR_EXPIRED,
                    "Changes behind this cursor are no longer kept. Read the reservations anew, then go on with after=now.");
        }
        return rows.size() == 0 ? FeedPage.empty(cursor) : page(rows);
    }

    private static FeedPage page(RowSet<Row> rows) {
        List<String> items = new ArrayList<>(rows.size());
        long last = 0;
        for (Row row : rows) {
            last = row.getLong(0);
            items.add(item(row));
        }
        return new FeedPage(last, String.join(",", items), false);
    }

    private static String item(Row row) {
        String attributes = new JsonObject()
                .put("cursor", Long.toString(row.getLong(0)))
                .put("id", row.getString(1))
                .put("type", row.getString(2))
                .put("subject", row.getString(3))
                .put("time", row.getOffsetDateTime(4).toInstant().toString())
                .encode();
        return attributes.substring(0, attributes.length() - 1) + ",\"data\":" + row.getString(5) + "}";
    }
}
