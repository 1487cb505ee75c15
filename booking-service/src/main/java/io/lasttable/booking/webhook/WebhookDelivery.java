package io.lasttable.booking.webhook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.outbox.FeedGrown;
import io.lasttable.booking.signal.Signal;
import io.lasttable.booking.signal.Signals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs this replica's {@link Dispatcher}: tells it what the feed has got, measures, and clears the log. */
@ApplicationScoped
class WebhookDelivery {

    private static final Logger LOG = Logger.getLogger(WebhookDelivery.class);

    private final BookingConfig config;
    private final Signals signals;
    private final Vertx vertx;
    private final DeliveryTable table;
    private final WebhookMetrics metrics;
    private final Dispatcher dispatcher;

    WebhookDelivery(
            @ReactiveDataSource("webhooks") Pool database,
            BookingConfig config,
            Signals signals,
            Vertx vertx,
            MeterRegistry registry,
            Sender sender,
            GuestDetails guests) {
        this.config = config;
        this.signals = signals;
        this.vertx = vertx;
        table = new DeliveryTable(database);
        metrics = new WebhookMetrics(registry);
        String self = UUID.randomUUID().toString();
        Leases leases = new Leases(database, self, config.webhooks().leaseDuration());
        dispatcher = new Dispatcher(
                vertx,
                leases,
                new Dispatcher.Parts(
                        self,
                        table,
                        new AttemptTable(database, config.webhooks().attemptsKept()),
                        new Outgoing(sender, guests),
                        pace(config.webhooks()),
                        metrics));
    }

    private static Dispatcher.Pace pace(BookingConfig.Webhooks webhooks) {
        if (webhooks.leaseDuration().compareTo(webhooks.timeout()) <= 0) {
            throw new IllegalStateException("lasttable.webhooks.lease-duration must be longer than timeout");
        }
        return new Dispatcher.Pace(
                webhooks.leaseDuration(),
                webhooks.attemptInterval(),
                webhooks.pollInterval(),
                webhooks.lookSpacing(),
                webhooks.timeout(),
                webhooks.parallel(),
                webhooks.maxWaiting(),
                RetryPlan.of(webhooks));
    }

    void start(@Observes StartupEvent event) {
        if (!config.background()) {
            return;
        }
        dispatcher.start();
        signals.listen(Signal.CHANGES, this::heard);
        periodically(config.webhooks().measureInterval(), () -> table.measure().invoke(metrics::measured));
        periodically(config.webhooks().pruneInterval(), this::prune);
    }

    void stop(@Observes ShutdownEvent event) {
        if (config.background()) {
            Uni<Void> none = Uni.createFrom().voidItem();
            Void stopped = dispatcher
                    .stop()
                    .ifNoItem()
                    .after(config.webhooks().timeout().plusSeconds(1))
                    .recoverWithUni(none)
                    .onFailure()
                    .recoverWithUni(none)
                    .await()
                    .indefinitely();
            assert stopped == null;
        }
    }

    void grown(@Observes FeedGrown news) {
        heard(news.venues());
    }

    private void heard(Set<String> venues) {
        if (!venues.contains(Signals.ANY)) {
            dispatcher.grown(venues);
        }
    }

    private Uni<Integer> prune() {
        int batch = config.webhooks().pruneBatch();
        return table.prune(config.webhooks().logRetention(), batch)
                .chain(removed -> removed < batch ? Uni.createFrom().item(removed) : prune());
    }

    private void periodically(Duration period, Supplier<Uni<?>> work) {
        long timer = vertx.setPeriodic(period.toMillis(), tick -> {
            var running = work.get()
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("Webhooks are not measured or cleared: %s", failure));
            assert running != null;
        });
        assert timer >= 0;
    }
}
