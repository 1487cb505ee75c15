package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Opens the next date of every venue's booking window when its midnight has passed, and closes those that are over. Each replica looks now and then; the
 * venue's row lock, skipped where another replica holds it, makes one of them do it, and a date that exists is never opened
 * again. A crash leaves the rest for the next look.
 */
@ApplicationScoped
class DayRoll {

    private static final Logger LOG = Logger.getLogger(DayRoll.class);

    /** Venues whose transactions run at the same time, of a replica's connections. */
    private static final int AT_ONCE = 4;

    private final Pool database;
    private final OpenDays days;
    private final Outbox outbox;
    private final BookingConfig config;
    private final Vertx vertx;
    private long timer;

    DayRoll(Pool database, OpenDays days, Outbox outbox, BookingConfig config, Vertx vertx) {
        this.database = database;
        this.days = days;
        this.outbox = outbox;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        if (config.background()) {
            timer = vertx.setPeriodic(1_000, config.rollInterval().toMillis(), tick -> look());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        boolean cancelled = vertx.cancelTimer(timer);
        assert cancelled || !config.background();
    }

    /** Opens what is missing at this instant; the number of days opened. */
    Uni<Integer> roll(Instant now) {
        return DayTable.open(database)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().items(all.stream().filter(open -> isBehind(open, now))))
                .onItem()
                .transformToUni(behind -> open(behind.venue(), now))
                .merge(AT_ONCE)
                .collect()
                .with(java.util.stream.Collectors.summingInt(Integer::intValue));
    }

    private void look() {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        var looking = roll(now)
                .subscribe()
                .with(
                        opened -> LOG.debugf("%d days opened", opened),
                        failure -> LOG.errorf(failure, "Days could not be opened; the next look tries again"));
        assert looking != null;
    }

    /** Opens what is missing of one venue; nothing when another replica is at it. */
    Uni<Integer> open(VenueId venueId, Instant now) {
        return Transactions.within(
                        database,
                        transaction -> VenueTable.claim(transaction, venueId)
                                .chain(venue -> venue.map(claimed -> roll(transaction, claimed, now))
                                        .orElse(Uni.createFrom().item(0))))
                .invoke(() -> outbox.committedFor(venueId));
    }

    private Uni<Integer> roll(SqlConnection transaction, Venue venue, Instant now) {
        return days.open(transaction, venue, now).call(() -> days.close(transaction, venue, now));
    }

    private static boolean isBehind(DayTable.Open open, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, open.zone());
        return open.last().isEmpty()
                || open.last().get().isBefore(today.plusDays(open.maxDaysAhead()))
                || open.first().orElseThrow().isBefore(OpenDays.firstKept(today));
    }
}
