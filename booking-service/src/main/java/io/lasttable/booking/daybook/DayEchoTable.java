package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table {@code day_echo}: notes that a step of one day leaves for its neighbours. A stay past midnight takes a table from the next date's first slots, which only that date's own lock may
 * publish. The note is written in the step's transaction and taken, under the neighbour's lock and before its reservations are
 * read, by the {@link Sweep}. So a note that has been taken was followed by a read that shows what it was about, and a crash
 * anywhere leaves it for the next look.
 */
final class DayEchoTable {

    private static final String LEAVE =
            "insert into day_echo (venue_id, date) select * from unnest($1::text[], $2::date[])";
    private static final String TAKE = "delete from day_echo where venue_id = $1 and date = any ($2) returning date";

    /** Days that there are notes for. */
    static final String DUE = "select venue_id, date, now() from day"
            + " natural join (select distinct venue_id, date from day_echo) as reached limit 500";

    private static final String DELETE_ALL = "delete from day_echo where venue_id = $1";

    private DayEchoTable() {}

    static Write leave(Collection<DayKey> days) {
        return Write.of(
                LEAVE,
                days.stream().map(day -> day.venueId().value()).toArray(String[]::new),
                days.stream().map(DayKey::date).toArray(LocalDate[]::new));
    }

    /** Of a venue that is no more: nobody could follow them. */
    static Uni<Void> deleteAll(SqlClient transaction, VenueId venue) {
        return transaction
                .preparedQuery(DELETE_ALL)
                .execute(Tuple.of(venue.value()))
                .replaceWithVoid();
    }

    /** Takes the notes for a date; the date, if it had any. */
    static Uni<Set<LocalDate>> take(SqlClient transaction, VenueId venue, LocalDate date) {
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(venue.value(), new LocalDate[] {date}))
                .map(rows -> {
                    Set<LocalDate> taken = new TreeSet<>();
                    rows.forEach(row -> taken.add(row.getLocalDate(0)));
                    return taken;
                });
    }
}
