package io.lasttable.booking.webhook;

import io.lasttable.booking.webhook.DeliveryTable.Due;
import io.lasttable.booking.webhook.DeliveryTable.Owner;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * What is written when an attempt has ended, in one statement. The delivery's own row has the last attempt; those before it have
 * rows of their own, so that an event which is taken at once costs none. An owner that lost its lease writes nothing.
 */
final class AttemptTable {

    private static final String ATTEMPTED = "attempts = $5 + 1, attempted_at = now(), attempted_url = $6,"
            + " first_attempt_at = coalesce(first_attempt_at, now() - make_interval(secs => $7::bigint / 1000.0)),"
            + " duration_ms = $7::bigint, answer_status = $8, answer_text = $9, error = $10, signed_at = $11";

    private static final String TRIED =
            "where webhook_id = $1 and event_id = $4 and status = 'pending' and attempts = $5";

    /**
     * The attempt before, which is about to be overwritten, goes to the others; the oldest of those goes when there are too many.
     * A row that no attempt was made at has none.
     */
    private static final String KEEP = """
            kept as (
              insert into webhook_attempt
                (webhook_id, event_id, attempted_at, signed_at, url, duration_ms, answer_status, answer_text, error)
              select webhook_id, event_id, attempted_at, signed_at, attempted_url, duration_ms, answer_status, answer_text, error
              from webhook_delivery %2$s and attempted_at is not null and exists (%1$s) on conflict do nothing returning 1),
            forgotten as (
              delete from webhook_attempt where webhook_id = $1 and event_id = $4 and exists (%1$s) and attempted_at <= (
                select attempted_at from webhook_attempt where webhook_id = $1 and event_id = $4
                order by attempted_at desc offset $12 - 2 limit 1)),
            """.formatted(DeliveryTable.HELD, TRIED);

    private static final String DELIVERED = """
            with healthy as (
              update webhook set failing_since = null where id = $1 and failing_since is not null and exists (%1$s)),
            %3$sdone as (
              update webhook_delivery set status = 'delivered', %2$s %4$s and exists (%1$s) returning 1)
            select count(*) from done
            """.formatted(DeliveryTable.HELD, ATTEMPTED, KEEP, TRIED);

    private static final String FAILED = """
            with failing as (
              update webhook set failing_since = now() where id = $1 and failing_since is null and exists (%1$s)),
            %3$sdone as (
              update webhook_delivery set next_attempt_at = now() + make_interval(secs => $13), %2$s %4$s and exists (%1$s)
              returning 1)
            select count(*) from done
            """.formatted(DeliveryTable.HELD, ATTEMPTED, KEEP, TRIED);

    private final Pool database;
    private final int kept;

    /** @param kept of each delivery, the last one among them; at least 2 */
    AttemptTable(Pool database, int kept) {
        this.database = database;
        this.kept = kept;
    }

    /** Whether it still was to be delivered, by this owner. */
    Uni<Boolean> delivered(Owner owner, Due due, Attempted attempted) {
        return settled(DELIVERED, tuple(owner, due, attempted));
    }

    Uni<Boolean> failed(Owner owner, Due due, Attempted attempted, Duration pause) {
        return settled(FAILED, tuple(owner, due, attempted).addDouble(pause.toMillis() / 1000.0));
    }

    private Tuple tuple(Owner owner, Due due, Attempted attempted) {
        return Tuple.tuple()
                .addUUID(owner.webhook())
                .addString(owner.name())
                .addLong(owner.epoch())
                .addUUID(due.event().id())
                .addInteger(due.attempts())
                .addString(attempted.url())
                .addLong(attempted.took().toMillis())
                .addInteger(attempted.status().isPresent() ? attempted.status().getAsInt() : null)
                .addString(attempted.text().orElse(null))
                .addString(attempted.error().orElse(null))
                .addOffsetDateTime(attempted.signedAt().atOffset(ZoneOffset.UTC))
                .addInteger(kept);
    }

    private Uni<Boolean> settled(String sql, Tuple parameters) {
        return database.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> rows.iterator().next().getInteger(0) == 1);
    }
}
