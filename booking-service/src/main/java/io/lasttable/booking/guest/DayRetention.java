package io.lasttable.booking.guest;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.daybook.PastDates;
import io.lasttable.booking.daybook.PastDates.Place;
import io.lasttable.booking.daybook.PastDays;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Deletes days that are longer ago than the retention, so that the database stops growing. A date of a venue at a time, in one short
 * transaction, with as long a pause as forgetting its guests would take.
 */
@ApplicationScoped
class DayRetention {

    private static final Logger LOG = Logger.getLogger(DayRetention.class);

    /** What the changes feed, events and answers to keys may still speak of. */
    private static final Period LEAST = Period.ofDays(30);

    private final Pool database;
    private final DaySettings days;
    private final GuestSettings guests;
    private final GuestRetention retention;

    DayRetention(Pool database, DaySettings days, GuestSettings guests, GuestRetention retention) {
        this.database = database;
        this.days = days;
        this.guests = guests;
        this.retention = retention;
    }

    void start(@Observes StartupEvent event, Background background) {
        days.retention()
                .map(retention -> checked(retention, guests.retention()))
                .ifPresent(retention ->
                        background.every(guests.sweepInterval(), "Deleting days of long ago", () -> delete(retention)));
    }

    /** One that is shorter than the guests' would take them with it, unsaid. */
    static Period checked(Period days, Optional<Period> guests) {
        if (isShorter(days, LEAST)) {
            throw new IllegalArgumentException("lasttable.days.retention must be 30 days or longer, such as P1825D");
        }
        if (guests.isEmpty() || isShorter(days, guests.get())) {
            throw new IllegalArgumentException(
                    "lasttable.days.retention needs lasttable.guests.retention, and may not be"
                            + " shorter: guests are forgotten before their day is deleted");
        }
        return days;
    }

    private static boolean isShorter(Period one, Period other) {
        return LocalDate.EPOCH.plus(one).isBefore(LocalDate.EPOCH.plus(other));
    }

    private Uni<Integer> delete(Period retention) {
        return deleteBefore(GuestRetention.firstKept(DatabaseClock.UTC.today(), retention))
                .invoke(deleted -> LOG.infof("%d reservations were kept long enough and are gone", deleted));
    }

    /** Who was named again since their date was forgotten is forgotten first. */
    private Uni<Integer> delete(SqlConnection transaction, Place place) {
        return retention.forget(transaction, place).chain(forgotten -> PastDays.delete(transaction, place));
    }

    /** Deletes all dates before this one whose guests have been forgotten; how many reservations they had. */
    Uni<Integer> deleteBefore(LocalDate date) {
        return PastDates.each(
                (after, limit) -> PastDays.next(database, after, date, limit),
                place -> Transactions.within(database, transaction -> delete(transaction, place))
                        .call(deleted -> GuestRetention.pauseAfter(deleted, guests.forgottenPerSecond())));
    }
}
