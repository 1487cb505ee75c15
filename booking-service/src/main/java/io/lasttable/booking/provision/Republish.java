package io.lasttable.booking.provision;

import io.lasttable.booking.daybook.Republication;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * The one-shot mode that fills the topics again from the database, while bookings go on: for topics that were lost, and for
 * events that Kafka had refused. One that was stopped goes on behind the last venue that it had finished; a venue that is
 * published twice does no harm, since readers go by versions.
 *
 * <p>Shards of the outbox are in order, so what is booked meanwhile waits behind what is published here: never more than a
 * second's worth. The relays of running replicas bring it away.
 */
@ApplicationScoped
public class Republish {

    private static final Logger LOG = Logger.getLogger(Republish.class);
    private static final int PAGE = 100;
    private static final int MOST_WAITING = 1_000;
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);
    private static final Duration TELL_EVERY = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final String BEHIND = "select coalesce((select through from republication), '')";
    private static final String THROUGH = "insert into republication (through) values ($1)"
            + " on conflict (one) do update set through = excluded.through";

    private final Pool database;
    private final Venues venues;
    private final Republication republication;
    private final Outbox outbox;

    Republish(Pool database, Venues venues, Republication republication, Outbox outbox) {
        this.database = database;
        this.venues = venues;
        this.republication = republication;
        this.outbox = outbox;
    }

    /** All venues; returns when everything is in Kafka. */
    public void all() {
        String behind = behind();
        LOG.infof("Republishing all venues%s", behind.isEmpty() ? "" : " behind " + behind);
        int published = 0;
        for (List<VenueId> page = ids(behind); !page.isEmpty(); page = ids(behind)) {
            for (VenueId venue : page) {
                awaitRoom();
                publish(venue);
                behind = venue.value();
                run(database.preparedQuery(THROUGH).execute(Tuple.of(behind)));
                published++;
            }
            LOG.infof("Republished %d venues, through %s", published, behind);
        }
        finish();
        run(database.query("delete from republication").execute());
    }

    /** One venue; what Kafka had refused of it is superseded then. */
    public void one(VenueId venue) {
        publish(venue);
        finish();
    }

    private void publish(VenueId venue) {
        int events = await(republication
                .of(venue, DatabaseClock.UTC.instant())
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .atMost(5));
        LOG.debugf("Venue %s: %d events", venue, events);
    }

    private String behind() {
        return await(database.query(BEHIND)
                .execute()
                .map(rows -> rows.iterator().next().getString(0)));
    }

    private List<VenueId> ids(String behind) {
        return await(venues.ids(behind, PAGE));
    }

    /** Waits for the relays, and has them ask where the new topics end: the positions of the old ones are never reached. */
    private void finish() {
        long last = await(outbox.last(database));
        awaitNot(() -> await(outbox.isWaiting(database, last)));
        run(outbox.ownersBeginAnew(database));
    }

    private void awaitRoom() {
        awaitNot(() -> await(outbox.waiting(database, MOST_WAITING)) == MOST_WAITING);
    }

    private static void awaitNot(BooleanSupplier isFull) {
        long toldAt = System.nanoTime();
        while (isFull.getAsBoolean()) {
            if (System.nanoTime() - toldAt > TELL_EVERY.toNanos()) {
                toldAt = System.nanoTime();
                LOG.warn("The outbox does not empty: does a replica of booking-service run, and reach Kafka?");
            }
            run(Uni.createFrom().voidItem().onItem().delayIt().by(BETWEEN_LOOKS));
        }
    }

    private static void run(Uni<?> asked) {
        var unused = await(asked);
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(LONGEST_STATEMENT);
    }
}
