package io.lasttable.booking.webhook;

import io.lasttable.booking.background.Background;
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
import java.util.Set;
import java.util.UUID;

/** Runs this replica's {@link Dispatcher}: tells it what the feed has got, measures, and clears the log. */
@ApplicationScoped
class WebhookDelivery {

    private final WebhookSettings settings;
    private final Signals signals;
    private final Background background;
    private final DeliveryTable table;
    private final WebhookMetrics metrics;
    private final Dispatcher dispatcher;

    WebhookDelivery(
            @ReactiveDataSource("webhooks") Pool database,
            WebhookSettings settings,
            Signals signals,
            Vertx vertx,
            Background background,
            MeterRegistry registry,
            Sender sender,
            GuestDetails guests) {
        this.settings = settings;
        this.signals = signals;
        this.background = background;
        table = new DeliveryTable(database);
        metrics = new WebhookMetrics(registry);
        String self = UUID.randomUUID().toString();
        Leases leases = new Leases(database, self, settings.leaseDuration());
        dispatcher = new Dispatcher(
                vertx,
                leases,
                new Dispatcher.Parts(
                        self,
                        table,
                        new AttemptTable(database, settings.attemptsKept()),
                        new Outgoing(sender, guests),
                        pace(settings),
                        metrics));
    }

    private static Dispatcher.Pace pace(WebhookSettings webhooks) {
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
        if (background.isOn()) {
            dispatcher.start();
            signals.listen(Signal.CHANGES, this::heard);
            background.every(
                    settings.measureInterval(),
                    "Measuring webhooks",
                    () -> table.measure().invoke(metrics::measured));
            background.every(settings.pruneInterval(), "Clearing the log of webhooks", this::prune);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (background.isOn()) {
            Uni<Void> none = Uni.createFrom().voidItem();
            Void stopped = dispatcher
                    .stop()
                    .ifNoItem()
                    .after(settings.timeout().plusSeconds(1))
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
        int batch = settings.pruneBatch();
        return table.prune(settings.logRetention(), batch)
                .chain(removed -> removed < batch ? Uni.createFrom().item(removed) : prune());
    }
}
