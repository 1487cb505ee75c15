package io.lasttable.booking.idempotency;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Fingerprint;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Receipts;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code idempotency_receipt}: answers of granted requests. An erasure finds them by {@code subject}, the id of what was
 * made, or by the hash of the contact in them.
 */
@ApplicationScoped
class ReceiptTable implements Receipts {

    private static final Columns COLUMNS = Columns.of("venue_id text, key text, fingerprint text, content text,"
            + " subject text, email_hash text, phone_hash text");

    private static final String FIND = "select venue_id, key, fingerprint, content from idempotency_receipt"
            + " where venue_id = any ($1) and key = any ($2)";
    private static final String SAVE = COLUMNS.insertInto("idempotency_receipt") + " order by venue_id, key";
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    /** Rows that another replica is removing are skipped. */
    private static final String PRUNE = """
            delete from idempotency_receipt r using (
              select venue_id, key from idempotency_receipt where created_at < now() - make_interval(secs => $1)
              order by created_at limit $2 for update skip locked) old
            where r.venue_id = old.venue_id and r.key = old.key
            """;

    private static final String ERASE = """
            update idempotency_receipt set content = (content::jsonb #- '{body,guest}' #- '{body,note}' #- '{body,metadata}')::text
            where (venue_id, key) in (
              select r.venue_id, r.key from idempotency_receipt r
                join unnest($1::text[], $2::text[]) as about(v, id) on r.venue_id = about.v and r.subject = about.id
              union all
              select venue_id, key from idempotency_receipt where email_hash = any ($3)
              union all
              select venue_id, key from idempotency_receipt where phone_hash = any ($4))
            and ($5::text[] is null or venue_id = any ($5))
            """;

    /** The answer to a request of no single venue. */
    record Everywhere(Fingerprint fingerprint, String answer) {}

    /** Stands where the venue does for requests of no single venue; no venue has such an id. */
    static final String EVERYWHERE = "*";

    private final ContactHashes hashes;

    ReceiptTable(ContactHashes hashes) {
        this.hashes = hashes;
    }

    /** Waits for another transaction with the same key to end; held until this one ends. */
    Uni<Void> lock(SqlConnection transaction, String key) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(key)).replaceWithVoid();
    }

    Uni<Optional<Everywhere>> findEverywhere(SqlClient client, String key) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(new String[] {EVERYWHERE}, new String[] {key}))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? Optional.of(everywhere(found.next())) : Optional.empty();
                });
    }

    private static Everywhere everywhere(Row row) {
        return new Everywhere(Fingerprint.stored(row.getString(2)), row.getString(3));
    }

    Uni<Void> saveEverywhere(SqlConnection transaction, String key, Fingerprint fingerprint, String answer) {
        return Write.of(SAVE, new JsonArray().add(row(EVERYWHERE, key, fingerprint, answer)))
                .send(transaction);
    }

    /**
     * Takes guest and note out of answers.
     *
     * @param venues of the subjects, side by side
     * @param within these venues only, or anywhere when null
     */
    Uni<Void> erase(
            SqlConnection transaction,
            String[] venues,
            String[] subjects,
            String[] emailHashes,
            String[] phoneHashes,
            String[] within) {
        return transaction
                .preparedQuery(ERASE)
                .execute(Tuple.of(venues, subjects, emailHashes, phoneHashes, within))
                .replaceWithVoid();
    }

    @Override
    public Uni<Map<String, Receipt.Stored>> find(SqlClient client, Collection<Receipt> asked) {
        String[] venues = asked.stream()
                .map(receipt -> receipt.venueId().value())
                .distinct()
                .toArray(String[]::new);
        String[] keys = asked.stream().map(Receipt::key).toArray(String[]::new);
        return client.preparedQuery(FIND).execute(Tuple.of(venues, keys)).map(rows -> {
            Map<String, Receipt.Stored> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getString(1), stored(row)));
            return found;
        });
    }

    private static Receipt.Stored stored(Row row) {
        Receipt receipt =
                new Receipt(new VenueId(row.getString(0)), row.getString(1), Fingerprint.stored(row.getString(2)));
        return new Receipt.Stored(receipt, row.getString(3));
    }

    @Override
    public Write save(List<Answered> answers) {
        JsonArray rows = new JsonArray();
        answers.forEach(answered -> {
            Receipt receipt = answered.receipt();
            rows.add(row(receipt.venueId().value(), receipt.key(), receipt.fingerprint(), answered.answer())
                    .mergeIn(about(answered.decision())));
        });
        return Write.of(SAVE, rows);
    }

    private JsonObject about(Granted decision) {
        if (decision instanceof Accepted accepted) {
            Reservation made = accepted.change().after();
            return about(made.id(), made.guest());
        }
        WaitlistEntry joined = ((Listed) decision).entry();
        return about(joined.id(), Optional.of(joined.guest()));
    }

    private JsonObject about(UUID subject, Optional<Guest> guest) {
        return new JsonObject()
                .put("subject", subject.toString())
                .put("email_hash", hashes.ofEmail(guest.flatMap(Guest::email)))
                .put("phone_hash", hashes.ofPhone(guest.flatMap(Guest::phone)));
    }

    private static JsonObject row(String venue, String key, Fingerprint fingerprint, String content) {
        return new JsonObject()
                .put("venue_id", venue)
                .put("key", key)
                .put("fingerprint", fingerprint.value())
                .put("content", content);
    }

    /** Removes up to so many receipts that are older; how many it were. */
    Uni<Integer> prune(SqlClient client, Duration age, int most) {
        return client.preparedQuery(PRUNE)
                .execute(Tuple.of(age.toMillis() / 1000.0, most))
                .map(RowSet::rowCount);
    }
}
