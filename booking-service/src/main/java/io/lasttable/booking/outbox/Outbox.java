package io.lasttable.booking.outbox;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntConsumer;

/** The only way out of a transaction: events are rows of it, and the {@link Relay} brings them to Kafka afterwards. */
@ApplicationScoped
public class Outbox {

    private static final String INSERT = """
            insert into outbox (venue_id, shard, event_id, topic, key, type, subject, time, payload, traceparent, in_feed)
            select venue_id, shard, event_id, topic, key, type, subject, time, payload, traceparent, in_feed
            from jsonb_to_recordset($1) as e(venue_id text, shard int, event_id uuid, topic text, key text,
              type text, subject text, time timestamptz, payload text, traceparent text, in_feed boolean)
            """;

    private final int shards;
    private final Set<IntConsumer> listeners = new CopyOnWriteArraySet<>();

    public Outbox(OutboxSettings settings) {
        shards = settings.relay().shards();
    }

    /**
     * Adds the events to the caller's transaction, in order. The transaction must have locked or written a row before, so that
     * its transaction id is older than the ids of the events: {@link LookStart} relies on it.
     */
    public Uni<Void> append(SqlConnection transaction, List<OutboxEvent> events) {
        return write(events).send(transaction);
    }

    /** What {@link #append} does, to be sent together with other writes. */
    public Write write(List<OutboxEvent> events) {
        JsonArray rows = new JsonArray();
        events.forEach(event -> rows.add(row(event)));
        return Write.of(INSERT, rows);
    }

    /** How many events wait for Kafka, counted up to a limit. */
    public Uni<Integer> waiting(SqlClient database, int limit) {
        return database.preparedQuery("select count(*)::int from (select from outbox limit $1) counted")
                .execute(Tuple.of(limit))
                .map(counted -> counted.iterator().next().getInteger(0));
    }

    /** The place of the last event that waits; 0 when none does. */
    public Uni<Long> last(SqlClient database) {
        return database.query("select coalesce(max(id), 0) from outbox")
                .execute()
                .map(last -> last.iterator().next().getLong(0));
    }

    /** Whether an event waits up to that place. */
    public Uni<Boolean> isWaiting(SqlClient database, long last) {
        return database.preparedQuery("select exists (select from outbox where id <= $1)")
                .execute(Tuple.of(last))
                .map(found -> found.iterator().next().getBoolean(0));
    }

    /** Forgets what Kafka refused of a venue, in the transaction that publishes what is newer. */
    public Uni<Void> supersedeRefused(SqlConnection transaction, VenueId venue) {
        return transaction
                .preparedQuery("delete from outbox_refused where venue_id = $1")
                .execute(Tuple.of(venue.value()))
                .replaceWithVoid();
    }

    /** Takes the shards from their owners, so that the next ones ask Kafka anew where its logs end. */
    public Uni<Void> ownersBeginAnew(SqlClient database) {
        return database.query("update shard_lease set owner = '', expires_at = now() - interval '1 second'")
                .execute()
                .replaceWithVoid();
    }

    /** Tells the relay that a transaction with events, of whatever venues, has committed. */
    public void committed() {
        for (int shard = 0; shard < shards; shard++) {
            tell(shard);
        }
    }

    /** Tells the relay that a transaction with events of this venue has committed. */
    public void committedFor(VenueId venue) {
        tell(shard(venue));
    }

    private void tell(int shard) {
        listeners.forEach(listener -> listener.accept(shard));
    }

    /** @param listener gets the shard that has new rows; it must not block */
    void onCommitted(IntConsumer listener) {
        listeners.add(listener);
    }

    private int shard(VenueId venue) {
        return Math.floorMod(venue.value().hashCode(), shards);
    }

    private JsonObject row(OutboxEvent event) {
        return new JsonObject()
                .put("venue_id", event.venueId().value())
                .put("shard", shard(event.venueId()))
                .put("event_id", event.eventId().toString())
                .put("topic", event.topic().name())
                .put("key", event.key())
                .put("type", event.type())
                .put("subject", event.subject())
                .put("time", event.time().toString())
                .put("payload", event.json().orElse(null))
                .put("traceparent", event.traceparent())
                .put("in_feed", !event.again());
    }
}
