package io.lasttable.booking.outbox;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntConsumer;

/** The only way out of a transaction: events are rows of it, and the {@link Relay} brings them to Kafka afterwards. */
@ApplicationScoped
public class Outbox {

    private static final String INSERT = """
            insert into outbox (venue_id, shard, event_id, topic, key, type, subject, time, payload, traceparent)
            select venue_id, shard, event_id, topic, key, type, subject, time, payload, traceparent
            from jsonb_to_recordset($1) as e(venue_id text, shard int, event_id uuid, topic text, key text,
              type text, subject text, time timestamptz, payload text, traceparent text)
            """;

    private final int shards;
    private final Set<IntConsumer> listeners = new CopyOnWriteArraySet<>();

    public Outbox(BookingConfig config) {
        shards = config.relay().shards();
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
                .put("traceparent", event.traceparent());
    }
}
