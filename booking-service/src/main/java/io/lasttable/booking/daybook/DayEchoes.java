package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notes that a step of one day leaves for its neighbours, and a new schedule for days that somebody waits for: a stay past midnight takes a table from the next date's first slots,
 * which only that date's own lock may publish. The note is written in the step's transaction and taken, under the
 * neighbour's lock and before its reservations are read, by the sweep ({@link HoldExpiry}). So a note that has been taken was
 * followed by a read that shows what it was about, and a crash anywhere leaves it for the next look.
 */
final class DayEchoes {

    private static final String LEAVE =
            "insert into day_echo (venue_id, date) select $1, d from unnest($2::date[]) as d";
    private static final String LEAVE_WAITED = "insert into day_echo (venue_id, date)"
            + " select distinct venue_id, date from waitlist where venue_id = $1 and date >= $2 and status = 'waiting'";
    private static final String TAKE = "delete from day_echo where venue_id = $1 and date = any ($2)";

    private final DayPlans plans;

    DayEchoes(DayPlans plans) {
        this.plans = plans;
    }

    /** The statement that leaves the notes of a step; none for most, since most services end before midnight. */
    List<Uni<?>> of(SqlConnection transaction, VenueId venue, DayStep step) {
        Set<LocalDate> published =
                step.changedDays().stream().map(day -> day.plan().date()).collect(Collectors.toSet());
        LocalDate[] dates = step.stays()
                .flatMap(stay -> neighbours(step, stay))
                .filter(date -> !published.contains(date))
                .distinct()
                .sorted()
                .toArray(LocalDate[]::new);
        return dates.length == 0
                ? List.of()
                : List.of(transaction.preparedQuery(LEAVE).execute(Tuple.of(venue.value(), dates)));
    }

    /** Tables that a new schedule brings are offered to those in line, day by day. */
    static Uni<Void> leaveWhereSomebodyWaits(SqlConnection transaction, VenueId venue, LocalDate from) {
        return transaction
                .preparedQuery(LEAVE_WAITED)
                .execute(Tuple.of(venue.value(), from))
                .replaceWithVoid();
    }

    private Stream<LocalDate> neighbours(DayStep step, Stay stay) {
        DayPlan own = step.days().get(step.days().firstKey()).plan();
        return Stream.of(stay.date().minusDays(1), stay.date().plusDays(1))
                .filter(date -> plans.sameVenueOn(own, date).isReachedBy(stay));
    }

    /** Takes the notes for these dates; the dates that had any. */
    static Uni<Set<LocalDate>> take(SqlConnection transaction, VenueId venue, LocalDate... dates) {
        return transaction
                .preparedQuery(TAKE + " returning date")
                .execute(Tuple.of(venue.value(), dates))
                .map(rows -> {
                    Set<LocalDate> taken = new java.util.TreeSet<>();
                    rows.forEach(row -> taken.add(row.getLocalDate(0)));
                    return taken;
                });
    }
}
