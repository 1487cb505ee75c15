package io.lasttable.booking.idempotency;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Receipts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final String FIND = """
            select n.part, n.key, r.fingerprint, r.content
            from unnest($1::int[], $2::text[], $3::text[]) as n(part, venue_id, key), lateral (
              select fingerprint, content from idempotency_receipt r
              where r.venue_id = n.venue_id and r.key = n.key offset 0) as r
            """;
    private static final String SAVE = COLUMNS.insertInto("idempotency_receipt") + " order by venue_id, key";

    /** In one order, so that those who hand out different names meet here as well. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended(key, 0)) from (select unnest($1::text[]) key order by 1) keys";

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

    /** Stands where the venue does for requests of no single venue; no venue has such an id. */
    static final String EVERYWHERE = "*";

    private final ContactHashes hashes;

    ReceiptTable(ContactHashes hashes) {
        this.hashes = hashes;
    }

    /** Waits for another transaction with one of these to end; held until this one ends. */
    Uni<Void> lock(SqlConnection transaction, List<Receipt.Name> names) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(keys(names))).replaceWithVoid();
    }

    /** The answer to a request of no single venue. */
    Uni<Optional<Receipt.Stored>> findEverywhere(SqlClient client, List<Receipt.Name> names) {
        List<Parted<Sought>> sought = Parted.of(
                List.of(names),
                all -> all.stream()
                        .map(name -> new Sought(EVERYWHERE, name.key()))
                        .toList());
        return stored(client, sought)
                .map(found -> found.values().stream()
                        .flatMap(known -> known.values().stream())
                        .findAny());
    }

    Uni<Void> saveEverywhere(SqlConnection transaction, Receipt.Name name, String answer) {
        return Write.of(SAVE, new JsonArray().add(row(EVERYWHERE, name, answer)))
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
    public Uni<Map<Integer, Map<String, Receipt.Stored>>> find(SqlClient client, List<Parted<Receipt>> asked) {
        List<Parted<Sought>> sought = asked.stream()
                .flatMap(each -> each.what().names().stream()
                        .map(name -> new Sought(each.what().venueId().value(), name.key()))
                        .map(name -> new Parted<>(each.part(), name)))
                .toList();
        return stored(client, sought).map(found -> byOwnKey(asked, found));
    }

    /** A receipt by one of its names. */
    private record Sought(String venue, String key) {}

    private static Uni<Map<Integer, Map<String, Receipt.Stored>>> stored(
            SqlClient client, List<Parted<Sought>> sought) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        Parted.parts(sought),
                        Parted.column(sought, Sought::venue, String[]::new),
                        Parted.column(sought, Sought::key, String[]::new)))
                .map(rows -> {
                    Map<Integer, Map<String, Receipt.Stored>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getInteger(0), part -> new HashMap<>())
                            .put(row.getString(1), stored(row)));
                    return found;
                });
    }

    private static String[] keys(List<Receipt.Name> names) {
        return names.stream().map(Receipt.Name::key).distinct().toArray(String[]::new);
    }

    private static Receipt.Stored stored(Row row) {
        return new Receipt.Stored(new Receipt.Name(row.getString(1), row.getString(2)), row.getString(3));
    }

    private static Map<Integer, Map<String, Receipt.Stored>> byOwnKey(
            List<Parted<Receipt>> asked, Map<Integer, Map<String, Receipt.Stored>> found) {
        Map<Integer, Map<String, Receipt.Stored>> byOwnKey = new HashMap<>();
        asked.forEach(each -> each.what().names().stream()
                .map(name -> found.getOrDefault(each.part(), Map.of()).get(name.key()))
                .filter(Objects::nonNull)
                .forEach(stored -> byOwnKey.computeIfAbsent(each.part(), part -> new HashMap<>())
                        .putIfAbsent(each.what().key(), stored)));
        return byOwnKey;
    }

    @Override
    public Write save(List<Answered> answers) {
        JsonArray rows = new JsonArray();
        answers.forEach(answered -> {
            Receipt receipt = answered.receipt();
            rows.add(row(receipt.venueId().value(), receipt.name(), answered.answer())
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

    private static JsonObject row(String venue, Receipt.Name name, String content) {
        return new JsonObject()
                .put("venue_id", venue)
                .put("key", name.key())
                .put("fingerprint", name.fingerprint())
                .put("content", content);
    }

    /** Removes up to so many receipts that are older; how many it were. */
    Uni<Integer> prune(SqlClient client, Duration age, int most) {
        return client.preparedQuery(PRUNE)
                .execute(Tuple.of(age.toMillis() / 1000.0, most))
                .map(RowSet::rowCount);
    }
}
