package io.lasttable.booking.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The webhooks that this replica delivers to, as rows with the database's clock. A replica sends only while its lease outlasts
 * the time that a message may take, so that no two of them send to one receiver at a time, and whatever it writes afterwards
 * counts only under the epoch that it has. For one event loop.
 */
final class Leases {

    /** Taken at a time, so that replicas that start together share what there is. */
    private static final int AT_ONCE = 16;

    private static final String TAKE = """
            insert into webhook_lease as l (webhook_id, owner, epoch, expires_at)
            select w.id, $1, 1, now() + make_interval(secs => $2) from webhook w left join webhook_lease h on h.webhook_id = w.id
            where w.status = 'active' and (h.webhook_id is null or h.expires_at < now()) order by random() limit $3
            on conflict (webhook_id) do update
              set owner = excluded.owner, epoch = l.epoch + 1, expires_at = excluded.expires_at where l.expires_at < now()
            returning webhook_id, epoch
            """;

    private static final String RENEW = """
            update webhook_lease l set expires_at = now() + make_interval(secs => $2) from webhook w
            where l.owner = $1 and l.webhook_id = any ($3) and w.id = l.webhook_id and w.status = 'active'
            returning l.webhook_id, l.epoch
            """;

    private static final String RELEASE =
            "update webhook_lease set expires_at = now() - interval '1 second' where owner = $1";

    private final Pool database;
    private final String owner;
    private final Duration duration;
    private final Map<UUID, Held> held = new HashMap<>();

    /** @param until a {@link System#nanoTime} before which nobody else takes it */
    private record Held(long epoch, long until) {}

    Leases(Pool database, String owner, Duration duration) {
        this.database = database;
        this.owner = owner;
        this.duration = duration;
    }

    String owner() {
        return owner;
    }

    /** Takes what nobody has; those that are new here. */
    Uni<Set<UUID>> take() {
        long asked = System.nanoTime();
        return database.preparedQuery(TAKE)
                .execute(Tuple.of(owner, seconds(), AT_ONCE))
                .map(rows -> keep(rows, asked));
    }

    /** Keeps what is held; those that are lost, since they were deleted, paused, or taken by somebody else. */
    Uni<Set<UUID>> renew() {
        if (held.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        long asked = System.nanoTime();
        Set<UUID> before = Set.copyOf(held.keySet());
        return database.preparedQuery(RENEW)
                .execute(Tuple.of(owner, seconds(), before.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> lost = new HashSet<>(before);
                    lost.removeAll(keep(rows, asked));
                    held.keySet().removeAll(lost);
                    return lost;
                });
    }

    private Set<UUID> keep(RowSet<Row> rows, long asked) {
        Set<UUID> kept = new HashSet<>();
        rows.forEach(row -> {
            held.put(row.getUUID(0), new Held(row.getLong(1), asked + duration.toNanos()));
            kept.add(row.getUUID(0));
        });
        return kept;
    }

    /** The epoch, when the lease lasts so long yet. */
    Optional<Long> epoch(UUID webhook, Duration atLeast) {
        Held lease = held.get(webhook);
        return lease != null && lease.until() - System.nanoTime() > atLeast.toNanos()
                ? Optional.of(lease.epoch())
                : Optional.empty();
    }

    Set<UUID> all() {
        return Set.copyOf(held.keySet());
    }

    /** Lets others go on at once. */
    Uni<Void> release() {
        held.clear();
        return database.preparedQuery(RELEASE).execute(Tuple.of(owner)).replaceWithVoid();
    }

    private double seconds() {
        return duration.toMillis() / 1000.0;
    }
}
