package io.lasttable.booking.idempotency;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.daybook.Receipts;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receipts in PostgreSQL. {@code subject} is the id of what was made, so that an erasure finds what it left here. */
@ApplicationScoped
class ReceiptRows implements Receipts {

    private static final String FIND = "select venue_id, key, fingerprint, content from idempotency_receipt"
            + " where venue_id = any ($1) and key = any ($2)";
    private static final String SAVE = """
            insert into idempotency_receipt (venue_id, key, fingerprint, content, subject)
            select venue_id, key, fingerprint, content, subject
            from jsonb_to_recordset($1) as r(venue_id text, key text, fingerprint text, content text, subject text)
            order by venue_id, key
            """;

    /** A receipt as it is stored. */
    record Kept(String key, String fingerprint, String content) {}

    /** Waits for another transaction with the same key to end; held until this one ends. */
    Uni<Void> lock(SqlConnection transaction, String key) {
        return transaction
                .preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of(key))
                .replaceWithVoid();
    }

    Uni<Optional<Kept>> find(SqlClient client, String venue, String key) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(new String[] {venue}, new String[] {key}))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(kept(rows.iterator().next())));
    }

    Uni<Void> save(SqlConnection transaction, String venue, Kept receipt) {
        return Write.of(SAVE, new JsonArray().add(row(venue, receipt.key(), receipt.fingerprint(), receipt.content())))
                .send(transaction);
    }

    @Override
    public Uni<Map<String, Receipt.Kept>> find(SqlClient client, Collection<Receipt> asked) {
        String[] venues = asked.stream()
                .map(receipt -> receipt.venueId().value())
                .distinct()
                .toArray(String[]::new);
        String[] keys = asked.stream().map(Receipt::key).toArray(String[]::new);
        return client.preparedQuery(FIND).execute(Tuple.of(venues, keys)).map(rows -> {
            Map<String, Receipt.Kept> found = new HashMap<>();
            rows.forEach(row -> found.put(
                    row.getString(1),
                    new Receipt.Kept(
                            new VenueId(row.getString(0)), row.getString(1), row.getString(2), row.getString(3))));
            return found;
        });
    }

    @Override
    public Write save(List<Receipt.Kept> receipts) {
        JsonArray rows = new JsonArray();
        receipts.forEach(receipt ->
                rows.add(row(receipt.venueId().value(), receipt.key(), receipt.fingerprint(), receipt.content())));
        return Write.of(SAVE, rows);
    }

    private static JsonObject row(String venue, String key, String fingerprint, String content) {
        return new JsonObject()
                .put("venue_id", venue)
                .put("key", key)
                .put("fingerprint", fingerprint)
                .put("content", content)
                .put("subject", Answer.ofKept(content).body().getString("id"));
    }

    private static Kept kept(Row row) {
        return new Kept(row.getString(1), row.getString(2), row.getString(3));
    }
}
