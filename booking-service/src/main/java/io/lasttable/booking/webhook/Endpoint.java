package io.lasttable.booking.webhook;

import io.lasttable.booking.webhook.DeliveryTable.Due;
import io.lasttable.booking.webhook.DeliveryTable.Owner;
import io.lasttable.booking.webhook.DeliveryTable.TakenOver;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Delivers to one webhook, for as long as this replica holds its lease. A look takes over what is new in the feed and sends what is
 * due: of each reservation one event at a time, of all of them so many. Whatever ends leads to the next look; an event that waits for
 * its next attempt sets a timer.
 *
 * <p>A failure makes it one message at a time, successes double that again: a receiver that is away, or cannot keep up, is asked by one
 * message and not by many. Nothing of it is shared with other webhooks. For one event loop.
 */
final class Endpoint {

    private static final Logger LOG = Logger.getLogger(Endpoint.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long NO_TIMER = -1;

    private final UUID webhook;
    private final Context context;
    private final Supplier<Optional<Long>> epoch;
    private final Dispatcher.Parts parts;
    private final Set<UUID> underWay = new HashSet<>();
    private int parallel;
    private boolean looking;
    private boolean again;
    private boolean news = true;
    private boolean closed;
    private long timer = NO_TIMER;

    /** @param epoch of the lease, while it outlasts a message that is sent now */
    Endpoint(UUID webhook, Context context, Supplier<Optional<Long>> epoch, Dispatcher.Parts parts) {
        this.webhook = webhook;
        this.context = context;
        this.epoch = epoch;
        this.parts = parts;
        this.parallel = parts.pace().parallel();
    }

    /** There may be something new in the feed, or something to send. */
    void wake() {
        news = true;
        look();
    }

    /** Sends nothing more; what is under way ends by itself. */
    void close() {
        closed = true;
        cancelTimer();
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    private void look() {
        if (looking) {
            again = true;
            return;
        }
        Optional<Owner> owner = closed ? Optional.empty() : owner();
        if (owner.isEmpty()) {
            return;
        }
        looking = true;
        cancelTimer();
        var look = takeOver(owner.get())
                .chain(() -> due(owner.get()))
                .map(due -> begin(owner.get(), due))
                .subscribe()
                .with(this::looked, this::failed);
        assert look != null;
    }

    private Optional<Owner> owner() {
        return epoch.get().map(number -> new Owner(webhook, parts.owner(), number));
    }

    private Uni<Void> takeOver(Owner owner) {
        if (!news) {
            return Uni.createFrom().voidItem();
        }
        news = false;
        return parts.table()
                .takeOver(owner, parts.pace().mostWaiting())
                .invoke(this::taken)
                .replaceWithVoid();
    }

    private void taken(TakenOver taken) {
        news |= taken.venues() > 0;
        again |= news;
        if (taken.gaps() > 0) {
            LOG.warnf(
                    "Webhook %s was away for longer than the feed keeps: %d venues have a gap", webhook, taken.gaps());
        }
    }

    private Uni<List<Due>> due(Owner owner) {
        int room = parallel - underWay.size();
        return room <= 0 ? Uni.createFrom().item(List.of()) : parts.table().due(owner, underWay, room);
    }

    /** For how long nothing else is due. */
    private Duration begin(Owner owner, List<Due> due) {
        for (Due each : due) {
            if (!each.pause().isZero()) {
                return each.pause();
            }
            send(owner, each);
        }
        return LONGEST_WAIT;
    }

    private void looked(Duration wait) {
        looking = false;
        if (again) {
            again = false;
            look();
        } else {
            lookIn(wait);
        }
    }

    private void failed(Throwable failure) {
        LOG.warnf("Webhook %s waits for the database: %s", webhook, failure.getMessage());
        news = true;
        again = false;
        looked(AFTER_FAILURE);
    }

    private void lookIn(Duration wait) {
        if (!closed) {
            Duration most = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
            timer = context.owner().setTimer(Math.max(1, most.toMillis()), due -> {
                timer = NO_TIMER;
                look();
            });
        }
    }

    private void cancelTimer() {
        if (timer != NO_TIMER) {
            boolean cancelled = context.owner().cancelTimer(timer);
            assert cancelled || timer != NO_TIMER;
            timer = NO_TIMER;
        }
    }

    private void send(Owner owner, Due due) {
        UUID event = due.event().id();
        if (closed || owner().isEmpty() || !underWay.add(event)) {
            return;
        }
        var sending = parts.outgoing()
                .send(due)
                .emitOn(next -> context.runOnContext(now -> next.run()))
                .chain(attempted -> settle(owner, due, attempted))
                .subscribe()
                .with(settled -> ended(event), failure -> {
                    LOG.warnf(
                            "What came of event %s for webhook %s is not known: %s",
                            event, webhook, failure.getMessage());
                    ended(event);
                });
        assert sending != null;
    }

    private void ended(UUID event) {
        boolean known = underWay.remove(event);
        assert known;
        look();
    }

    private Uni<Boolean> settle(Owner owner, Due due, Attempted attempted) {
        if (attempted.isDelivered()) {
            parallel = Math.min(parts.pace().parallel(), parallel * 2);
            return parts.attempts().delivered(owner, due, attempted).invoke(parts.metrics()::delivered);
        }
        parallel = 1;
        parts.metrics().failed();
        Optional<Duration> pause = parts.pace().plan().pause(due.attempts() + 1, due.since(), attempted.retryAfter());
        if (attempted.isGone() || pause.isEmpty()) {
            return parts.attempts().failed(owner, due, attempted, Duration.ZERO).chain(() -> pause(owner, attempted));
        }
        return parts.attempts().failed(owner, due, attempted, pause.get());
    }

    private Uni<Boolean> pause(Owner owner, Attempted attempted) {
        String reason =
                attempted.isGone() ? "the receiver answered 410 Gone" : "an event could not be delivered in time";
        return parts.table()
                .pause(owner, reason)
                .invoke(paused -> LOG.warnf("Webhook %s is paused: %s", webhook, reason));
    }
}
