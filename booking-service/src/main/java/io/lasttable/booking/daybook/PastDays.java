package io.lasttable.booking.daybook;

import io.lasttable.booking.daybook.PastDates.Place;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Days that are long over, as a whole: their reservations with their history, who waited, and the nameless rows of guests who never
 * came again. Only dates whose guests have been forgotten ({@link PastGuests}) go, so nothing personal is left to tell anybody of.
 */
public final class PastDays {

    /**
     * By venue: its first date, where that is before a date and its guests have been forgotten, as those of a venue that is gone
     * have. Each is a look into the primary key of {@code day}.
     */
    static final String NEXT = """
            select v.venue_id,
              case when first.date <= r.through or not exists (select from venue here where here.venue_id = v.venue_id) then first.date end
            from (select venue_id from venue where venue_id > $1 union select venue_id from venue_gone where venue_id > $1
              order by venue_id limit $3) v
              left join guest_retention r on r.venue_id = v.venue_id
              left join lateral (
                select d.date from day d where d.venue_id = v.venue_id and d.date < $2 order by d.date limit 1) first on true
            order by v.venue_id
            """;

    /** In one statement all see the rows as they were before it. */
    static final String DELETE = """
            with stays as (delete from reservation where venue_id = $1 and date = $2 returning id, guest_ref),
              line as (delete from waitlist where venue_id = $1 and date = $2 returning guest_ref),
              steps as (delete from reservation_history h using stays where h.venue_id = $1 and h.reservation_id = stays.id),
              tables as (delete from occupancy o using stays where o.venue_id = $1 and o.reservation_id = stays.id),
              refs as (select guest_ref from stays where guest_ref is not null union select guest_ref from line),
              nobody as (delete from guest g using refs where g.venue_id = $1 and g.ref = refs.guest_ref and g.name is null
                and not exists (select from reservation r where r.venue_id = $1 and r.guest_ref = g.ref and r.date <> $2)
                and not exists (select from waitlist w where w.venue_id = $1 and w.guest_ref = g.ref and w.date <> $2)),
              echoes as (delete from day_echo where venue_id = $1 and date = $2),
              self as (delete from day where venue_id = $1 and date = $2)
            select count(*)::int from stays
            """;

    private PastDays() {}

    /** Up to {@code limit} venues in order of their ids, after the given one. */
    public static Uni<List<Place>> next(SqlClient client, String after, LocalDate before, int limit) {
        return client.preparedQuery(NEXT)
                .execute(Tuple.of(after, before, limit))
                .map(PastDates::places);
    }

    /** How many reservations there were. */
    public static Uni<Integer> delete(SqlConnection transaction, Place place) {
        return DayTable.lock(transaction, place.venue(), Set.of(place.date()))
                .chain(() -> transaction
                        .preparedQuery(DELETE)
                        .execute(Tuple.of(place.venue().value(), place.date())))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
