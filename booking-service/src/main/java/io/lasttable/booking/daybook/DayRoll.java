package io.lasttable.booking.daybook;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
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
    private final Heartbeat heartbeat = new Heartbeat();

    DayRoll(Pool database, OpenDays days, Outbox outbox) {
        this.database = database;
        this.days = days;
        this.outbox = outbox;
    }

    void start(@Observes StartupEvent event, Background background, DaybookSettings settings) {
        background.every(Duration.ofSeconds(1), settings.rollInterval(), "Opening days", this::look);
    }

    /** Opens what is missing at this instant; the number of days opened. */
    Uni<Integer> roll(Instant now) {
        return DayTable.open(database)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().items(all.stream().filter(open -> isBehind(open, now))))
                .onItem()
                .transformToUni(behind -> openOrTell(behind.venue(), now))
                .merge(AT_ONCE)
                .collect()
                .with(java.util.stream.Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> look() {
        return Uni.createFrom()
                .deferred(() -> roll(DatabaseClock.UTC.instant()))
                .onTermination()
                .invoke(heartbeat::beat);
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** A venue whose days cannot be opened holds up no other. */
    private Uni<Integer> openOrTell(VenueId venue, Instant now) {
        return Uni.createFrom()
                .deferred(() -> open(venue, now))
                .onTermination()
                .invoke(heartbeat::beat)
                .onFailure()
                .invoke(failure ->
                        LOG.errorf(failure, "Days of venue %s could not be opened; the next look tries again", venue))
                .onFailure()
                .recoverWithItem(0);
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

    /** As {@link #open(VenueId, Instant)}, and gives those of these dates a row that staff may book beyond the window. */
    Uni<Integer> open(VenueId venueId, Set<LocalDate> granted, Instant now) {
        return open(venueId, now)
                .call(() -> Transactions.within(
                        database,
                        transaction -> VenueTable.claim(transaction, venueId)
                                .chain(venue -> venue.map(claimed -> days.add(transaction, claimed, granted, now))
                                        .orElse(Uni.createFrom().voidItem()))));
    }

    private Uni<Integer> roll(SqlConnection transaction, Venue venue, Instant now) {
        return days.open(transaction, venue, now).call(() -> days.close(transaction, venue, now));
    }

    /** One whose zone this JDK does not know counts as behind, so that opening it says so. */
    private static boolean isBehind(DayTable.Open open, Instant now) {
        Optional<LocalDate> today = today(open.timeZone(), now);
        return today.isEmpty() || isBehind(open, today.get());
    }

    private static Optional<LocalDate> today(String timeZone, Instant now) {
        try {
            return Optional.of(LocalDate.ofInstant(now, ZoneId.of(timeZone)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isBehind(DayTable.Open open, LocalDate today) {
        return open.last().isEmpty()
                || open.last().get().isBefore(today.plusDays(open.maxDaysAhead()))
                || open.first().orElseThrow().isBefore(OpenDays.firstKept(today));
    }
}
