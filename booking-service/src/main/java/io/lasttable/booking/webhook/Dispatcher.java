package io.lasttable.booking.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One replica's share of the webhooks: takes leases that nobody has, keeps an {@link Endpoint} for each, and wakes those that have
 * something to do, at once for news that it hears of and by a poll for what it does not. Costs a booking nothing: it reads what the
 * relay has put into the changes feed.
 *
 * <p>What a crash leaves behind is a lease that runs out, and pending events: another replica sends them, under the same ids, those
 * too of which it is not known whether they have arrived. All state of it is that of one event loop.
 */
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Vertx vertx;
    private final Context context;
    private final Leases leases;
    private final Parts parts;
    private final Map<UUID, Endpoint> endpoints = new HashMap<>();
    private final Set<String> grown = new HashSet<>();
    private boolean waking;
    private volatile boolean waiting;
    private volatile boolean stopped;

    /**
     * How webhooks are delivered.
     *
     * @param lease how long a webhook stays with an owner that is gone; longer than {@code timeout}
     * @param attempt between two attempts to take what nobody owns
     * @param poll between two looks for what was not heard of
     * @param spacing between two looks for what was
     * @param timeout what one message may take
     * @param parallel messages to one receiver at a time
     * @param mostWaiting events of one webhook; the rest waits in the feed
     * @param plan of the attempts
     */
    record Pace(
            Duration lease,
            Duration attempt,
            Duration poll,
            Duration spacing,
            Duration timeout,
            int parallel,
            int mostWaiting,
            RetryPlan plan) {

        /** So that a lease that is renewed in time always outlasts a message. */
        Duration renewal() {
            return lease.minus(timeout).dividedBy(2);
        }
    }

    /** What endpoints work with. */
    record Parts(
            String owner,
            DeliveryTable table,
            AttemptTable attempts,
            Outgoing outgoing,
            Pace pace,
            WebhookMetrics metrics) {}

    Dispatcher(Vertx vertx, Leases leases, Parts parts) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.leases = leases;
        this.parts = parts;
    }

    void start() {
        context.runOnContext(now -> {
            every(parts.pace().attempt(), () -> leases.take().invoke(taken -> taken.forEach(this::open)));
            every(parts.pace().renewal(), () -> leases.renew().invoke(lost -> lost.forEach(this::close)));
            every(parts.pace().poll(), () -> wake(Optional.empty()));
        });
    }

    /** The changes feed of these venues has grown. From any thread. */
    void grown(Set<String> venues) {
        context.runOnContext(now -> {
            if (endpoints.isEmpty()) {
                return;
            }
            grown.addAll(venues);
            if (!waking) {
                waking = true;
                long timer = vertx.setTimer(parts.pace().spacing().toMillis(), soon -> wakeThoseThatHeard());
                assert timer >= 0;
            }
        });
    }

    private void wakeThoseThatHeard() {
        Set<String> venues = Set.copyOf(grown);
        grown.clear();
        waking = false;
        run(() -> wake(Optional.of(venues)), () -> {});
    }

    private Uni<Set<UUID>> wake(Optional<Set<String>> venues) {
        if (endpoints.isEmpty() || stopped) {
            return Uni.createFrom().item(Set.of());
        }
        return parts.table()
                .withWork(Set.copyOf(endpoints.keySet()), venues)
                .invoke(found -> found.forEach(webhook -> {
                    Optional.ofNullable(endpoints.get(webhook)).ifPresent(Endpoint::wake);
                }));
    }

    private void open(UUID webhook) {
        LOG.debugf("Webhook %s is ours", webhook);
        close(webhook);
        Endpoint endpoint = new Endpoint(
                webhook, context, () -> leases.epoch(webhook, parts.pace().timeout()), parts);
        endpoints.put(webhook, endpoint);
        endpoint.wake();
    }

    private void close(UUID webhook) {
        Optional.ofNullable(endpoints.remove(webhook)).ifPresent(Endpoint::close);
    }

    /** Again and again, each time so long after the one before has ended, however it did. */
    private void every(Duration pause, Supplier<Uni<Set<UUID>>> work) {
        if (!stopped) {
            run(work, () -> vertx.setTimer(Math.max(1, pause.toMillis()), next -> every(pause, work)));
        }
    }

    private void run(Supplier<Uni<Set<UUID>>> work, Runnable then) {
        var running = Uni.createFrom()
                .deferred(work::get)
                .subscribe()
                .with(
                        done -> {
                            waiting = false;
                            then.run();
                        },
                        failure -> {
                            complain(failure);
                            then.run();
                        });
        assert running != null;
    }

    /** Once for an outage: everything here is tried again and again. */
    private void complain(Throwable failure) {
        if (!waiting) {
            waiting = true;
            LOG.warnf("Webhooks wait for the database: %s", failure.getMessage());
        }
    }

    /** As a crash would: nothing is given back. */
    void kill() {
        stopped = true;
        context.runOnContext(now -> endpoints.values().forEach(Endpoint::close));
    }

    /** Gives back what is owned, once what is under way has ended or its time is over. */
    Uni<Void> stop() {
        kill();
        return Uni.createFrom()
                .<Void>emitter(idle -> context.runOnContext(now -> completeWhenIdle(() -> idle.complete(null))))
                .ifNoItem()
                .after(parts.pace().timeout())
                .recoverWithUni(Uni.createFrom().voidItem())
                .chain(leases::release);
    }

    private void completeWhenIdle(Runnable idle) {
        if (endpoints.values().stream().allMatch(Endpoint::isIdle)) {
            idle.run();
        } else {
            long timer = vertx.setTimer(20, again -> completeWhenIdle(idle));
            assert timer >= 0;
        }
    }
}
