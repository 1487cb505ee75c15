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
 * Guests of dates that are long over, and the table {@code guest_retention}, which says how far each venue's have been
 * forgotten. A date is taken at a time, under its lock: so a step of the size of a day, and its place is remembered with it.
 * Whoever also comes on a later date, by a reservation that was moved there, is kept until that one's turn.
 */
public final class PastGuests {

    /** By venue: the first date that is not done, of those before a date. Each is a look into the primary key of {@code day}. */
    static final String NEXT = """
            select v.venue_id, next.date
            from (select venue_id from venue where venue_id > $1 order by venue_id limit $3) v
              left join guest_retention r on r.venue_id = v.venue_id
              left join lateral (
                select d.date from day d
                where d.venue_id = v.venue_id and d.date > coalesce(r.through, date '-infinity') and d.date < $2
                order by d.date limit 1) next on true
            order by v.venue_id
            """;

    static final String FORGET = """
            update guest g set name = null, email = null, email_key = null, phone = null
            where venue_id = $1 and name is not null and ref in (
                select guest_ref from reservation where venue_id = $1 and date = $2 and guest_ref is not null
                union all
                select guest_ref from waitlist where venue_id = $1 and date = $2)
              and not exists (select from reservation r
                where r.venue_id = $1 and r.guest_ref = g.ref and r.date > $2)
              and not exists (select from waitlist w
                where w.venue_id = $1 and w.guest_ref = g.ref and w.date > $2)
            returning venue_id, ref
            """;

    static final String FORGET_NOTES = "update reservation set note = null, metadata = null"
            + " where venue_id = $1 and date = $2 and (note is not null or metadata is not null)";

    static final String FORGET_METADATA =
            "update waitlist set metadata = null where venue_id = $1 and date = $2 and metadata is not null";

    private static final String DONE = "insert into guest_retention (venue_id, through) values ($1, $2)"
            + " on conflict (venue_id) do update set through = greatest(guest_retention.through, excluded.through)";

    private PastGuests() {}

    /** Up to {@code limit} venues in order of their ids, after the given one. */
    public static Uni<List<Place>> next(SqlClient client, String after, LocalDate before, int limit) {
        return client.preparedQuery(NEXT)
                .execute(Tuple.of(after, before, limit))
                .map(PastDates::places);
    }

    /** The guests who have lost their personal data. */
    public static Uni<Erasable> forget(SqlConnection transaction, Place place) {
        Tuple day = Tuple.of(place.venue().value(), place.date());
        return DayTable.lock(transaction, place.venue(), Set.of(place.date()))
                .chain(() -> transaction.preparedQuery(FORGET_NOTES).execute(day))
                .chain(() -> transaction.preparedQuery(FORGET_METADATA).execute(day))
                .chain(() -> transaction.preparedQuery(FORGET).execute(day))
                .call(() -> transaction.preparedQuery(DONE).execute(day))
                .map(Erasable::of);
    }
}
