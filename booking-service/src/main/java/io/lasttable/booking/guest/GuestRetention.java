package io.lasttable.booking.guest;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.daybook.Erasable;
import io.lasttable.booking.daybook.PastGuests;
import io.lasttable.booking.daybook.PastGuests.Place;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.profile.ForgottenProfiles;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes names, contacts and notes out of the database once a service date is longer ago than the retention; reservations, their
 * tables and their history stay. A date of a venue at a time, in one short transaction, one after the other, each followed by a pause
 * as long as its guests are many: the first run over years of a big platform is slow and not heavy, nor are its news. A crash leaves the rest for the next look, of any replica; two that
 * meet at a date do the same, one behind the other.
 */
@ApplicationScoped
class GuestRetention {

    private static final Logger LOG = Logger.getLogger(GuestRetention.class);

    /** Venues that are looked up at once. */
    private static final int PAGE = 200;

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
        return forgetBefore(firstKept(LocalDate.now(Clock.systemUTC()), retention))
                .invoke(forgotten ->
                        LOG.infof("Personal data of %d guests was kept long enough and is gone", forgotten));
    }

    static LocalDate firstKept(LocalDate today, Period retention) {
        return today.minus(retention).minusDays(OVER_EVERYWHERE);
    }

    /**
     * One date of each venue of a page.
     *
     * @param isLast whether nothing is left anywhere
     */
    private record Round(int forgotten, boolean isLast) {}

    /** Forgets the guests of all dates before this one, and their profiles; how many guests they were. */
    Uni<Integer> forgetBefore(LocalDate date) {
        return forgetGuestsBefore(date).call(() -> profiles.forgetBefore(date));
    }

    private Uni<Integer> forgetGuestsBefore(LocalDate date) {
        AtomicReference<String> after = new AtomicReference<>("");
        return Multi.createBy()
                .repeating()
                .uni(() -> round(after, date))
                .whilst(round -> !round.isLast())
                .collect()
                .with(Collectors.summingInt(Round::forgotten));
    }

    /** The page is looked at again until none of its venues has a date that is due. */
    private Uni<Round> round(AtomicReference<String> after, LocalDate before) {
        return PastGuests.next(database, after.get(), before, PAGE).chain(page -> {
            List<Place> due =
                    page.stream().filter(place -> place.date() != null).toList();
            if (due.isEmpty() && !page.isEmpty()) {
                after.set(page.get(page.size() - 1).venue().value());
            }
            boolean isLast = due.isEmpty() && page.size() < PAGE;
            return forget(due).map(forgotten -> new Round(forgotten, isLast));
        });
    }

    private Uni<Integer> forget(List<Place> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(
                        place -> Transactions.within(database, transaction -> forget(transaction, place))
                                .call(this::pause))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Void> pause(int forgotten) {
        Duration pause = pause(forgotten, settings.forgottenPerSecond());
        Uni<Void> over = Uni.createFrom().voidItem();
        return pause.toMillis() == 0 ? over : over.onItem().delayIt().by(pause);
    }

    static Duration pause(int forgotten, int perSecond) {
        return Duration.ofSeconds(forgotten).dividedBy(perSecond);
    }

    private Uni<Integer> forget(SqlConnection transaction, Place place) {
        return PastGuests.forget(transaction, place)
                .call(forgotten -> forgotten.count() == 0
                        ? Uni.createFrom().voidItem()
                        : outbox.append(
                                transaction, forgotten.events(Clock.systemUTC().instant())))
                .map(Erasable::count);
    }
}
