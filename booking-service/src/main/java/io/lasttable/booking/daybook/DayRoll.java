package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Opens the next date of every venue's booking window when its midnight has passed, and closes those that are over. Each replica looks now and then; the
 * venue's row lock, skipped where another replica holds it, makes one of them do it, and a date that exists is never opened
 * again. A crash leaves the rest for the next look.
 */
@ApplicationScoped
class DayRoll {

    private static final Logger LOG = Logger.getLogger(DayRoll.class);

    /** What every venue has open; whether that is behind is a matter of its own midnight, which Java knows. */
    private static final String OPEN_DAYS = """
            select v.venue_id, v.document ->> 'timeZone', (v.document -> 'bookingWindow' ->> 'maxDaysAhead')::int,
              (select min(d.date) from day d where d.venue_id = v.venue_id and not d.closed),
              (select max(d.date) from day d where d.venue_id = v.venue_id and not d.closed)
            from venue v
            """;

    private static final String CLAIM = "select document::text from venue where venue_id = $1 for update skip locked";

    /** Venues whose transactions run at the same time, of a replica's connections. */
    private static final int AT_ONCE = 4;

    private final Pool database;
    private final VenueDays days;
    private final Outbox outbox;
    private final BookingConfig config;
    private final Vertx vertx;
    private long timer;

    DayRoll(Pool database, VenueDays days, Outbox outbox, BookingConfig config, Vertx vertx) {
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
        return database.query(OPEN_DAYS)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(behind(rows, now)))
                .onItem()
                .transformToUni(venue -> open(venue, now))
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
    Uni<Integer> open(String venueId, Instant now) {
        return Transactions.within(
                        database,
                        transaction -> claim(transaction, venueId)
                                .chain(venue -> venue.map(claimed -> roll(transaction, claimed, now))
                                        .orElse(Uni.createFrom().item(0))))
                .invoke(() -> outbox.committedFor(new VenueId(venueId)));
    }

    private Uni<Integer> roll(SqlConnection transaction, Venue venue, Instant now) {
        return days.open(transaction, venue, now).call(() -> days.close(transaction, venue, now));
    }

    private static Uni<Optional<Venue>> claim(SqlConnection transaction, String venueId) {
        return transaction
                .preparedQuery(CLAIM)
                .execute(Tuple.of(venueId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(VenueJson.stored(rows.iterator().next().getString(0))));
    }

    private static List<String> behind(RowSet<Row> rows, Instant now) {
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> {
            if (isBehind(row, LocalDate.ofInstant(now, ZoneId.of(row.getString(1))))) {
                ids.add(row.getString(0));
            }
        });
        return ids;
    }

    private static boolean isBehind(Row row, LocalDate today) {
        LocalDate first = row.getLocalDate(3);
        LocalDate last = row.getLocalDate(4);
        return last == null
                || last.isBefore(today.plusDays(row.getInteger(2)))
                || first.isBefore(VenueDays.firstKept(today));
    }
}
