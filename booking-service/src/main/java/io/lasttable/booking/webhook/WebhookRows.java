package io.lasttable.booking.webhook;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Statements beside the entities, within the session's transaction: whole sets of rows, and arrays of venues. */
final class WebhookRows {

    /** A new webhook, or a new venue of one, begins with what is booked from now on. */
    private static final String BEGIN_CURSORS = """
            insert into webhook_cursor (webhook_id, venue_id, seq) select w.id, v.venue_id, coalesce(h.seq, 0) from webhook w
            cross join lateral unnest(coalesce(w.venues, array(select venue_id from change_head))) v (venue_id)
            left join change_head h on h.venue_id = v.venue_id where w.id = :id
            on conflict do nothing
            """;

    private static final String END_CURSORS = "delete from webhook_cursor c using webhook w where w.id = :id"
            + " and c.webhook_id = w.id and c.venue_id <> all (w.venues)";

    private static final String DROP_WAITING = "delete from webhook_delivery d using webhook w where w.id = :id"
            + " and d.webhook_id = w.id and d.status = 'pending' and d.venue_id <> '' and d.venue_id <> all (w.venues)";

    private static final String RETRY_NOW = "update webhook_delivery set attempts = 0, first_attempt_at = null,"
            + " next_attempt_at = now() where webhook_id = :id and status = 'pending'";

    private static final String HEALTHY = "update webhook set failing_since = null where id = :id";

    private static final String SEND_AGAIN = "update webhook_delivery set status = 'pending', attempts = 0,"
            + " first_attempt_at = null, next_attempt_at = now() where webhook_id = :id";

    private static final String SEND_EVENTS_AGAIN = SEND_AGAIN + " and event_id in (:events)";

    private static final String SEND_VENUE_AGAIN = SEND_AGAIN + " and venue_id = :venue and seq > :after";

    private static final String SET_BACK =
            "update webhook_cursor set seq = least(seq, :after)" + " where webhook_id = :id and venue_id = :venue";

    private static final String PAGE = "select * from webhook where id > :behind"
            + " and (:all or venues <@ string_to_array(:reached, ',')) order by id limit :most";

    private static final String MOST_OF_A_VENUE = "select coalesce(max(n), 0) from (select count(*) as n"
            + " from webhook w cross join unnest(w.venues) v (id) where w.id <> :id and v.id in (:venues) group by v.id) c";

    /** Any number would do that no other advisory lock of this database has. */
    private static final String ALONE = "select 1 from pg_advisory_xact_lock(7163550)";

    private WebhookRows() {}

    /** Until the transaction ends nobody else makes or replaces a webhook, so that they can be counted. */
    static Uni<Void> alone() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(ALONE, Integer.class).getSingleResult())
                .replaceWithVoid();
    }

    /** After a webhook was written: its cursors are those of its venues, and nothing waits that it no longer gets. */
    static Uni<Void> follow(UUID webhook) {
        return Panache.getSession()
                .chain(session -> session.flush())
                .chain(() -> execute(END_CURSORS, webhook))
                .chain(() -> execute(DROP_WAITING, webhook))
                .chain(() -> execute(BEGIN_CURSORS, webhook))
                .replaceWithVoid();
    }

    static Uni<Void> resume(UUID webhook) {
        return execute(RETRY_NOW, webhook)
                .chain(() -> execute(HEALTHY, webhook))
                .replaceWithVoid();
    }

    private static Uni<Integer> execute(String sql, UUID webhook) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql)
                        .setParameter("id", webhook)
                        .executeUpdate());
    }

    static Uni<Void> sendAgain(UUID webhook, List<UUID> events) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SEND_EVENTS_AGAIN)
                        .setParameter("id", webhook)
                        .setParameter("events", events)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Those of them that the log has. */
    static Uni<List<UUID>> inTheLog(UUID webhook, List<UUID> events) {
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "select eventId from Delivery where webhookId = :id and eventId in (:events)",
                                UUID.class)
                        .setParameter("id", webhook)
                        .setParameter("events", events)
                        .getResultList());
    }

    static Uni<Void> sendAgain(UUID webhook, ReplayRequest.Behind behind) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SET_BACK)
                        .setParameter("id", webhook)
                        .setParameter("venue", behind.venue().value())
                        .setParameter("after", behind.cursor())
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(SEND_VENUE_AGAIN)
                                .setParameter("id", webhook)
                                .setParameter("venue", behind.venue().value())
                                .setParameter("after", behind.cursor())
                                .executeUpdate()))
                .replaceWithVoid();
    }

    /** In the order of their ids, those of which all venues are reached. */
    static Uni<List<Webhook>> page(UUID behind, Optional<Set<String>> reached, int most) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PAGE, Webhook.class)
                        .setParameter("behind", behind)
                        .setParameter("all", reached.isEmpty())
                        .setParameter("reached", String.join(",", reached.orElse(Set.of())))
                        .setParameter("most", most)
                        .getResultList());
    }

    /** How many other webhooks that venue has which has the most. */
    static Uni<Long> mostOfAVenue(UUID webhook, List<String> venues) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(MOST_OF_A_VENUE, Long.class)
                        .setParameter("id", webhook)
                        .setParameter("venues", venues)
                        .getSingleResult());
    }
}
