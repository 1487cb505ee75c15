package io.lasttable.booking.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the delivery reads and writes, each in one statement.
 *
 * <p>A venue's changes are taken over in the order of its feed: the webhook's cursor moves and their deliveries appear together, and
 * only from where the statement saw the cursor, so that a replay which sets it back meanwhile is not undone. A row is one
 * event for one webhook, so taking over twice changes nothing. Pending rows of a reservation are its lane: its lowest
 * number is the only one that may be sent, and stays pending until it is delivered.
 *
 * <p>Writes of an owner that lost its lease change nothing: they name its epoch.
 */
final class DeliveryTable {

    /** Of a venue, and venues, in one statement. */
    private static final int CHANGES = 50;

    private static final int VENUES = 20;

    static final String HELD = "select from webhook_lease where webhook_id = $1 and owner = $2 and epoch = $3";

    /** The log is read by the time of its rows, so those of one statement are a microsecond apart, in the feed's order. */
    private static final String TAKE_OVER = """
            with held as (select w.id, w.types, w.venues from webhook w where w.id = $1 and w.status = 'active' and exists (%s)),
            room as (select count(*) < $4 as left from (
              select from webhook_delivery where webhook_id = $1 and status = 'pending' limit $4) waiting),
            behind as (
              select h.venue_id, coalesce(c.seq, 0) as after, h.seq as head from held cross join room cross join change_head h
              left join webhook_cursor c on c.webhook_id = held.id and c.venue_id = h.venue_id
              where room.left and (held.venues is null or h.venue_id = any (held.venues)) and h.seq > coalesce(c.seq, 0)
              order by random() limit $5),
            taken as (
              select b.venue_id, f.* from behind b cross join lateral (
                select seq, event_id, type, subject, time, payload from change
                where venue_id = b.venue_id and seq > b.after order by seq limit $6) f),
            ends as (
              select b.venue_id, b.after, coalesce(min(t.seq), b.head + 1) as first, coalesce(max(t.seq), b.head) as last
              from behind b left join taken t on t.venue_id = b.venue_id group by b.venue_id, b.after, b.head),
            moved as (
              insert into webhook_cursor as c (webhook_id, venue_id, seq) select $1, venue_id, last from ends
              on conflict (webhook_id, venue_id) do update set seq = excluded.seq
              where c.seq = (select after from ends where ends.venue_id = c.venue_id)
              returning venue_id),
            kept as (
              insert into webhook_delivery (webhook_id, event_id, venue_id, seq, type, subject, time, payload, created_at)
              select $1, event_id, venue_id, seq, type, subject, time, payload,
                now() + row_number() over (order by venue_id, seq) * interval '1 microsecond'
              from taken cross join held
              where held.types is null or taken.type = any (held.types)
              on conflict do nothing returning 1),
            gaps as (
              insert into webhook_delivery (webhook_id, event_id, venue_id, seq, type, subject, time, payload)
              select $1, gen_random_uuid(), venue_id, first - 1, '%s', venue_id, now(), jsonb_build_object(
                'venueId', venue_id, 'after', after::text, 'next', first::text)::text
              from ends join moved using (venue_id) where first > after + 1
              returning 1)
            select (select count(*) from moved), (select count(*) from kept), (select count(*) from gaps)
            """.formatted(HELD, EventTypes.GAP);

    private static final String DUE = """
            select d.event_id, d.type, d.subject, d.venue_id, d.seq, d.time, d.payload, d.attempts,
              (extract(epoch from now() - coalesce(d.first_attempt_at, now())) * 1000)::bigint,
              greatest(0, ceil(extract(epoch from d.next_attempt_at - now()) * 1000))::bigint, w.url, w.include_guest,
              array(select secret from webhook_secret s where s.webhook_id = w.id
                and (s.expires_at is null or s.expires_at > now()) order by created_at desc)
            from webhook w cross join lateral (
              select distinct on (venue_id, subject) * from webhook_delivery
              where webhook_id = w.id and status = 'pending' order by venue_id, subject, seq) d
            where w.id = $1 and w.status = 'active' and exists (%s) and d.event_id <> all ($4)
            order by d.next_attempt_at, d.seq limit $5
            """.formatted(HELD);

    /** Those of the same maker are told, and the webhook itself when it goes on. */
    private static final String PAUSE = """
            with paused as (
              update webhook set status = 'paused', paused_at = now(), pause_reason = $4, version = version + 1
              where id = $1 and status = 'active' and exists (%s)
              returning id, maker, paused_at, pause_reason, failing_since),
            told as (
              insert into webhook_delivery (webhook_id, event_id, venue_id, seq, type, subject, time, payload)
              select w.id, gen_random_uuid(), '', (extract(epoch from p.paused_at) * 1000)::bigint, '%s', p.id::text,
                p.paused_at, jsonb_build_object('webhookId', p.id, 'pausedAt', p.paused_at, 'reason', p.pause_reason,
                  'failingSince', p.failing_since)::text
              from paused p join webhook w on w.maker = p.maker where w.types is null or '%2$s' = any (w.types)
              returning 1)
            select count(*) from paused
            """.formatted(HELD, EventTypes.PAUSED);

    private static final String WITH_WORK = """
            select w.id from webhook w where w.id = any ($1) and w.status = 'active' and (
              exists (select from webhook_delivery d
                where d.webhook_id = w.id and d.status = 'pending' and d.next_attempt_at <= now())
              or exists (select from change_head h
                left join webhook_cursor c on c.webhook_id = w.id and c.venue_id = h.venue_id
                where (w.venues is null or h.venue_id = any (w.venues)) and ($2::text[] is null or h.venue_id = any ($2))
                  and h.seq > coalesce(c.seq, 0)))
            """;

    /** Lag is counted where receivers do not fail: how long what could have been sent has not been. */
    private static final String MEASURE = """
            select (select count(*) from webhook where status = 'paused' and pause_reason <> '%s'),
              (select count(*) from webhook where status = 'active' and failing_since is not null),
              (extract(epoch from greatest(interval '0', now() - least(
                (select min(d.next_attempt_at) from webhook_delivery d join webhook w on w.id = d.webhook_id
                 where d.status = 'pending' and w.status = 'active' and w.failing_since is null),
                (select min(f.recorded_at) from webhook w
                 join change_head h on w.venues is null or h.venue_id = any (w.venues)
                 left join webhook_cursor c on c.webhook_id = w.id and c.venue_id = h.venue_id
                 cross join lateral (
                   select recorded_at from change where venue_id = h.venue_id and seq > coalesce(c.seq, 0) order by seq limit 1) f
                 where w.status = 'active' and w.failing_since is null and h.seq > coalesce(c.seq, 0))))) * 1000)::bigint
            """.formatted(Webhook.BY_REQUEST);

    private static final String PRUNE = """
            delete from webhook_delivery d using (
              select webhook_id, event_id from webhook_delivery
              where status <> 'pending' and created_at < now() - make_interval(secs => $1)
              order by created_at limit $2 for update skip locked) old
            where d.webhook_id = old.webhook_id and d.event_id = old.event_id
            """;

    private final Pool database;

    DeliveryTable(Pool database) {
        this.database = database;
    }

    /** Who writes: an owner of a webhook, by its epoch. */
    record Owner(UUID webhook, String name, long epoch) {}

    /** What was taken over from the feed: venues whose cursor moved, events, and notices that some were gone. */
    record TakenOver(int venues, int events, int gaps) {}

    /**
     * The oldest event of a reservation that waits.
     *
     * @param attempts that have failed
     * @param since the first of them began
     * @param pause until it may be sent
     */
    record Due(
            Event event,
            int attempts,
            Duration since,
            Duration pause,
            URI url,
            boolean includeGuest,
            List<String> secrets) {}

    /** Takes over some of what is new, unless so much waits already. */
    Uni<TakenOver> takeOver(Owner owner, int mostWaiting) {
        return database.preparedQuery(TAKE_OVER)
                .execute(Tuple.of(owner.webhook(), owner.name(), owner.epoch(), mostWaiting, VENUES, CHANGES))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new TakenOver(row.getInteger(0), row.getInteger(1), row.getInteger(2));
                });
    }

    /** What may be sent, and then what may be sent next; none of those that are on their way. */
    Uni<List<Due>> due(Owner owner, Set<UUID> underWay, int limit) {
        return database.preparedQuery(DUE)
                .execute(Tuple.of(owner.webhook(), owner.name(), owner.epoch(), underWay.toArray(UUID[]::new), limit))
                .map(rows -> {
                    List<Due> due = new ArrayList<>();
                    rows.forEach(row -> due.add(due(row)));
                    return due;
                });
    }

    private static Due due(Row row) {
        Event event = new Event(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getOffsetDateTime(5).toInstant(),
                row.getString(6));
        return new Due(
                event,
                row.getInteger(7),
                Duration.ofMillis(row.getLong(8)),
                Duration.ofMillis(row.getLong(9)),
                URI.create(row.getString(10)),
                row.getBoolean(11),
                List.of(row.getArrayOfStrings(12)));
    }

    /** Whether it was active until now. */
    Uni<Boolean> pause(Owner owner, String reason) {
        return database.preparedQuery(PAUSE)
                .execute(Tuple.of(owner.webhook(), owner.name(), owner.epoch(), reason))
                .map(rows -> rows.iterator().next().getInteger(0) == 1);
    }

    /**
     * Those of them that have something to send or to take over.
     *
     * @param venues whose feed has grown; absent: any may have
     */
    Uni<Set<UUID>> withWork(Set<UUID> webhooks, Optional<Set<String>> venues) {
        return database.preparedQuery(WITH_WORK)
                .execute(Tuple.of(
                        webhooks.toArray(UUID[]::new),
                        venues.map(some -> some.toArray(String[]::new)).orElse(null)))
                .map(rows -> {
                    Set<UUID> found = new HashSet<>();
                    rows.forEach(row -> found.add(row.getUUID(0)));
                    return found;
                });
    }

    /**
     * How all webhooks are.
     *
     * @param paused for their failures
     * @param failing of which the last attempt failed
     */
    record Measured(long paused, long failing, Duration lag) {}

    Uni<Measured> measure() {
        return database.query(MEASURE).execute().map(rows -> {
            Row row = rows.iterator().next();
            Long lag = row.getLong(2);
            return new Measured(row.getLong(0), row.getLong(1), Duration.ofMillis(lag == null ? 0 : lag));
        });
    }

    /** Removes a batch of the log that is older than that; how many lines there were. */
    Uni<Integer> prune(Duration age, int batch) {
        return database.preparedQuery(PRUNE)
                .execute(Tuple.of(age.toMillis() / 1000.0, batch))
                .map(RowSet::rowCount);
    }
}
