package io.lasttable.booking.guest;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.daybook.Erasable;
import io.lasttable.booking.daybook.PastDates;
import io.lasttable.booking.daybook.PastDates.Place;
import io.lasttable.booking.daybook.PastGuests;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.profile.ForgottenProfiles;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import org.jboss.logging.Logger;

/**
 * Takes names, contacts and notes out of the database once a service date is longer ago than the retention; reservations, their
 * tables and their history stay. A date of a venue at a time, in one short transaction, one after the other, each followed by a pause
 * as long as its guests are many: the first run over years of a big platform is slow and not heavy, nor are its news.
 */
@ApplicationScoped
class GuestRetention {

    private static final Logger LOG = Logger.getLogger(GuestRetention.class);

    /** A date is over everywhere, and its late dinners too, two days later by UTC. */
    private static final int OVER_EVERYWHERE = 2;

    private final Pool database;
    private final GuestSettings settings;
    private final Outbox outbox;
    private final ForgottenProfiles profiles;

    GuestRetention(Pool database, GuestSettings settings, Outbox outbox, ForgottenProfiles profiles) {
        this.profiles = profiles;
        this.outbox = outbox;
        this.database = database;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event, Background background) {
        settings.retention()
                .map(GuestRetention::positive)
                .ifPresent(retention -> background.every(
                        settings.sweepInterval(), "Forgetting guests of long ago", () -> forget(retention)));
    }

    /** A negative one would take guests who have not come yet. */
    static Period positive(Period retention) {
        if (!LocalDate.EPOCH.plus(retention).isAfter(LocalDate.EPOCH)) {
            throw new IllegalArgumentException("lasttable.guests.retention must be a day or longer, such as P730D");
        }
        return retention;
    }

    private Uni<Integer> forget(Period retention) {
        return forgetBefore(firstKept(DatabaseClock.UTC.today(), retention))
                .invoke(forgotten ->
                        LOG.infof("Personal data of %d guests was kept long enough and is gone", forgotten));
    }

    static LocalDate firstKept(LocalDate today, Period retention) {
        return today.minus(retention).minusDays(OVER_EVERYWHERE);
    }

    /** Forgets the guests of all dates before this one, and their profiles; how many guests they were. */
    Uni<Integer> forgetBefore(LocalDate date) {
        return forgetGuestsBefore(date).call(() -> profiles.forgetBefore(date));
    }

    private Uni<Integer> forgetGuestsBefore(LocalDate date) {
        return PastDates.each(
                (after, limit) -> PastGuests.next(database, after, date, limit),
                place -> Transactions.within(database, transaction -> forget(transaction, place))
                        .call(forgotten -> pauseAfter(forgotten, settings.forgottenPerSecond())));
    }

    static Uni<Void> pauseAfter(int forgotten, int perSecond) {
        Duration pause = pause(forgotten, perSecond);
        Uni<Void> over = Uni.createFrom().voidItem();
        return pause.toMillis() == 0 ? over : over.onItem().delayIt().by(pause);
    }

    static Duration pause(int forgotten, int perSecond) {
        return Duration.ofSeconds(forgotten).dividedBy(perSecond);
    }

    /** How many guests of that date have lost their personal data, each of whom is told; none where it was done before. */
    Uni<Integer> forget(SqlConnection transaction, Place place) {
        return PastGuests.forget(transaction, place)
                .call(forgotten -> forgotten.count() == 0
                        ? Uni.createFrom().voidItem()
                        : outbox.append(transaction, forgotten.events(DatabaseClock.UTC.instant())))
                .map(Erasable::count);
    }
}
