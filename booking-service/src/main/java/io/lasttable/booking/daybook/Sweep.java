package io.lasttable.booking.daybook;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes it news that a hold has run out, or that a day's cut-off has passed. Nobody waits for this: the write path clears expired
 * holds that stand in its way, and knows the cut-off.
 *
 * <p>No timer belongs to a hold. Each replica looks a few times a second for days with holds (or waitlist entries) whose time
 * is up, with a cut-off that has passed, or that a neighbour has reached into ({@link DayEchoTable}), from indexes that hold nothing else, and clears those
 * days under their locks. A day that another replica has locked is skipped, since that replica's step clears it; a day that
 * another has just cleared has nothing left to clear. So each hold is expired once, whichever replica it is and however many
 * there are; a crash leaves the rest for the next look, of any of them, and so does a restart. A day that cannot be cleared
 * holds up no other.
 */
@ApplicationScoped
class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int DAYS_AT_ONCE = 4;

    private static final String DUE = "select venue_id, date from ((" + ReservationTable.DUE + ") union all ("
            + WaitlistTable.DUE + ") union all (" + DayTable.DUE + ") union all (" + DayEchoTable.DUE
            + ")) as late group by venue_id, date order by min(due)";

    private final Pool database;
    private final DayBook book;
    private final Heartbeat heartbeat = new Heartbeat();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Map<DayKey, Throwable> stuck = new ConcurrentHashMap<>();

    Sweep(Pool database, DayBook book) {
        this.database = database;
        this.book = book;
    }

    void start(@Observes StartupEvent event, Background background, DaybookSettings settings) {
        background.every(settings.hold().sweepInterval(), "Clearing days that are due", this::look);
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Tells of an outage itself: once, not several times a second. */
    private Uni<Long> look() {
        return Uni.createFrom()
                .deferred(this::sweep)
                .invoke(this::cleared)
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .recoverWithItem(0L)
                .onTermination()
                .invoke(heartbeat::beat);
    }

    private void cleared(long days) {
        if (failing.compareAndSet(true, false)) {
            LOG.infof("Days that are due are found again: %d", days);
        }
    }

    private void failed(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.errorf(failure, "Days that are due cannot be found; every look tries again");
        }
    }

    /** Clears every day that is due; the number of days looked at. */
    Uni<Long> sweep() {
        return database.query(DUE)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(days(rows)))
                .onItem()
                .transformToUni(this::clear)
                .merge(DAYS_AT_ONCE)
                .collect()
                .with(Collectors.counting());
    }

    private Uni<DayKey> clear(DayKey day) {
        return Uni.createFrom()
                .deferred(() -> book.passTime(day))
                .onItemOrFailure()
                .invoke((cleared, failure) -> {
                    heartbeat.beat();
                    tell(day, failure);
                })
                .onFailure()
                .recoverWithNull()
                .replaceWith(day);
    }

    /** Each day's trouble is said once, not at every look. */
    private void tell(DayKey day, Throwable failure) {
        if (failure == null) {
            if (stuck.remove(day) != null) {
                LOG.infof("Expired holds of %s are cleared again", day);
            }
        } else if (stuck.put(day, failure) == null) {
            LOG.errorf(failure, "Expired holds of %s cannot be cleared; every look tries again", day);
        }
    }

    private static List<DayKey> days(RowSet<Row> rows) {
        List<DayKey> days = new ArrayList<>();
        rows.forEach(row -> days.add(new DayKey(new VenueId(row.getString(0)), row.getLocalDate(1))));
        return days;
    }
}
