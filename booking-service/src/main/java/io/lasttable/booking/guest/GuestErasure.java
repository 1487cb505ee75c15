package io.lasttable.booking.guest;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a guest's personal data out of the database: name, e-mail and telephone, the notes of their reservations (people write
 * names into them), and what idempotency receipts repeat of both. Reservations, their tables and their history stay, with a
 * reference that leads to nobody. Kafka and the changes feed never had more than that reference.
 *
 * <p>The days of the reservations are locked first, in lock order, since a step that is under way has loaded the note and
 * would write it back.
 */
@ApplicationScoped
class GuestErasure {

    /** How many guests and reservations have lost their personal data. */
    record Erased(int guests, int reservations) {}

    private static final String MATCHES = """
            (lower(g.email) = lower($1) or regexp_replace(g.phone, '[^0-9]', '', 'g') = $2)
              and ($3::text[] is null or g.venue_id = any ($3))
            """;

    private static final String LOCK = """
            select 1 from day d where (d.venue_id, d.date) in (
              select r.venue_id, r.date from reservation r join guest g on g.venue_id = r.venue_id and g.ref = r.guest_ref
              where %s)
            order by d.venue_id, d.date for update
            """.formatted(MATCHES);

    private static final String ERASE = """
            with gone as (
              update guest g set name = null, email = null, phone = null where %s returning g.venue_id, g.ref),
            theirs as (
              update reservation r set note = null from gone
              where r.venue_id = gone.venue_id and r.guest_ref = gone.ref returning r.venue_id, r.id),
            repeated as (
              update idempotency_receipt k set content = (k.content::jsonb #- '{body,guest}' #- '{body,note}')::text
              where ($3::text[] is null or k.venue_id = any ($3))
                and ((k.venue_id, k.subject) in (select venue_id, id::text from theirs)
                  or lower(k.content::jsonb #>> '{body,guest,email}') = lower($1)
                  or regexp_replace(k.content::jsonb #>> '{body,guest,phone}', '[^0-9]', '', 'g') = $2)
              returning 1)
            select (select count(*) from gone), (select count(*) from theirs), (select count(*) from repeated)
            """.formatted(MATCHES);

    /** @param venues where to look; everywhere when absent */
    Uni<Erased> erase(SqlConnection transaction, Contact contact, Optional<Set<String>> venues) {
        Tuple whom = Tuple.of(
                contact.email().orElse(null),
                contact.digits().orElse(null),
                venues.map(ids -> ids.toArray(String[]::new)).orElse(null));
        return transaction
                .preparedQuery(LOCK)
                .execute(whom)
                .chain(() -> transaction.preparedQuery(ERASE).execute(whom))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Erased(row.getInteger(0), row.getInteger(1));
                });
    }
}
