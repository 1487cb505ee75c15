package io.lasttable.booking.webhook;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/** What callers do with webhooks. Each is one transaction, in which the webhook's row is locked when it is changed. */
@ApplicationScoped
class Webhooks {

    private final Venues venues;
    private final WebhookSettings limits;
    private final RetryPlan plan;
    private final Clock clock = DatabaseClock.UTC;

    Webhooks(Venues venues, WebhookSettings settings) {
        this.venues = venues;
        this.limits = settings;
        this.plan = RetryPlan.of(limits);
    }

    /**
     * Who asks.
     *
     * @param reached the venues of the token; absent when it reaches all
     */
    record Caller(String name, Optional<Set<String>> reached) {

        /** Throws 401 or 403 as {@link Access#require(Scope)} does. */
        static Caller of(Access access, Scope scope) {
            access.require(scope);
            return new Caller(
                    access.caller(),
                    access.venues()
                            .map(all -> all.stream().filter(VenueId::isValid).collect(Collectors.toUnmodifiableSet())));
        }
    }

    /** @param made the secret that was made with it */
    record Known(Webhook webhook, Optional<WebhookSecret> made, List<WebhookSecret> secrets) {

        WebhookView view() {
            return WebhookView.of(webhook, made, secrets);
        }
    }

    /** Creates it, or replaces the version that the caller has read. */
    Uni<Known> put(UUID id, WantedWebhook wanted, OptionalLong version, Caller caller) {
        return exist(wanted)
                .chain(() -> Panache.withTransaction(() -> Webhook.<Webhook>findById(id, LockModeType.PESSIMISTIC_WRITE)
                        .chain(found -> found == null
                                ? create(id, wanted, version, caller)
                                : replace(seen(found, caller), wanted, version))))
                .onFailure(ConstraintViolationException.class)
                .retry()
                .atMost(1);
    }

    private Uni<Void> exist(WantedWebhook wanted) {
        List<Uni<Void>> required = Arrays.stream(wanted.venues().orElse(new String[0]))
                .map(venue -> venues.require(new VenueId(venue)))
                .toList();
        return required.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(required).usingConcurrencyOf(2).andFailFast().replaceWithVoid();
    }

    private Uni<Known> create(UUID id, WantedWebhook wanted, OptionalLong version, Caller caller) {
        if (version.isPresent()) {
            throw Problem.of(Problem.Type.VERSION_MISMATCH, "There is no such webhook to replace; leave If-Match out.");
        }
        Instant now = clock.instant();
        Webhook made = new Webhook();
        made.id = id;
        made.maker = caller.name();
        made.createdAt = now;
        made.become(wanted, now);
        WebhookSecret secret = WebhookSecret.made(id, now);
        return room(id, wanted, Optional.of(caller))
                .chain(() -> made.<Webhook>persistAndFlush())
                .chain(() -> secret.<WebhookSecret>persistAndFlush())
                .chain(() -> WebhookRows.follow(id))
                .replaceWith(() -> new Known(made, Optional.of(secret), List.of(secret)));
    }

    private Uni<Known> replace(Webhook webhook, WantedWebhook wanted, OptionalLong version) {
        if (version.isEmpty()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the webhook as you read it.");
        }
        if (version.getAsLong() != webhook.version) {
            throw Problem.of(
                    Problem.Type.VERSION_MISMATCH, "The webhook's version is " + webhook.version + "; read it again.");
        }
        boolean resumed = webhook.isPaused() && !wanted.paused();
        return room(webhook.id, wanted, Optional.empty())
                .invoke(() -> webhook.become(wanted, clock.instant()))
                .chain(() -> WebhookRows.follow(webhook.id))
                .chain(() -> resumed
                        ? WebhookRows.resume(webhook.id)
                        : Uni.createFrom().voidItem())
                .chain(() -> known(webhook));
    }

    /** @param maker of a new one */
    private Uni<Void> room(UUID id, WantedWebhook wanted, Optional<Caller> maker) {
        Uni<Long> ofMaker = maker.isEmpty()
                ? Uni.createFrom().item(0L)
                : Webhook.count("maker", maker.get().name());
        return WebhookRows.alone()
                .chain(() -> ofMaker)
                .invoke(count -> refuse(count, limits.perClient(), "a client"))
                .chain(() -> wanted.venues().isEmpty()
                        ? Uni.createFrom().item(0L)
                        : WebhookRows.mostOfAVenue(id, List.of(wanted.venues().get())))
                .invoke(count -> refuse(count, limits.perVenue(), "a venue"))
                .replaceWithVoid();
    }

    private static void refuse(long count, int most, String whose) {
        if (count >= most) {
            throw Problem.of(
                    Problem.Type.TOO_MANY_WEBHOOKS,
                    "At most " + most + " webhooks of " + whose + "; delete one first.");
        }
    }

    Uni<Known> get(UUID id, Caller caller) {
        return Panache.withSession(() -> find(id, caller, LockModeType.NONE).chain(this::known));
    }

    private Uni<Known> known(Webhook webhook) {
        return WebhookSecret.good(webhook.id, clock.instant())
                .map(secrets -> new Known(webhook, Optional.empty(), secrets));
    }

    Uni<List<Webhook>> page(UUID behind, Caller caller, int most) {
        return Panache.withSession(() -> WebhookRows.page(behind, caller.reached(), most));
    }

    /** Nothing is sent any more; what is under way just now may still arrive. */
    Uni<Void> delete(UUID id, Caller caller) {
        return Panache.withTransaction(
                () -> find(id, caller, LockModeType.PESSIMISTIC_WRITE).chain(webhook -> webhook.delete()));
    }

    /**
     * Makes a new secret; the one before it stays good for a while, so that receivers can change over.
     *
     * @param instead whether it takes the place of the newest, of two that are good
     */
    Uni<Known> rotate(UUID id, Caller caller, Duration overlap, boolean instead) {
        Instant now = clock.instant();
        WebhookSecret made = WebhookSecret.made(id, now);
        return Panache.withTransaction(() -> find(id, caller, LockModeType.PESSIMISTIC_WRITE)
                .chain(webhook -> WebhookSecret.good(id, now)
                        .chain(good -> makeRoom(good, now.plus(overlap), instead))
                        .chain(() -> WebhookSecret.delete("webhookId = ?1 and expiresAt <= ?2", id, now))
                        .chain(() -> made.<WebhookSecret>persistAndFlush())
                        .chain(() -> WebhookSecret.good(id, now))
                        .map(good -> new Known(webhook, Optional.of(made), good))));
    }

    private static Uni<Void> makeRoom(List<WebhookSecret> good, Instant end, boolean instead) {
        WebhookSecret newest = good.get(0);
        if (good.size() == 1) {
            newest.expiresAt = end;
            return newest.persistAndFlush().replaceWithVoid();
        }
        if (!instead) {
            throw Problem.of(
                    Problem.Type.SECRETS_IN_USE,
                    "The secret before the newest is good until " + good.get(1).expiresAt
                            + ". Wait for that, or send replaceNewest if nobody has the newest.");
        }
        return newest.delete();
    }

    Uni<Void> sendAgain(UUID id, Caller caller, ReplayRequest asked) {
        return Panache.withTransaction(() -> find(id, caller, LockModeType.PESSIMISTIC_WRITE)
                .chain(webhook -> asked.behind().isEmpty()
                        ? WebhookRows.inTheLog(id, asked.events())
                                .invoke(asked::refuseUnlessIn)
                                .chain(() -> WebhookRows.sendAgain(id, asked.events()))
                        : WebhookRows.sendAgain(id, ofIt(webhook, asked.behind().get()))));
    }

    private static ReplayRequest.Behind ofIt(Webhook webhook, ReplayRequest.Behind behind) {
        if (webhook.venues != null
                && !Arrays.asList(webhook.venues).contains(behind.venue().value())) {
            throw Problem.invalid("/venueId", "must be a venue of the webhook");
        }
        return behind;
    }

    Uni<List<Delivery>> log(UUID id, Caller caller, Optional<String> status, Delivery.Place behind, int limit) {
        return Panache.withSession(
                () -> find(id, caller, LockModeType.NONE).chain(webhook -> Delivery.page(id, status, behind, limit)));
    }

    /** One line of the log, with everything that was tried. */
    Uni<DeliveryHistory> history(UUID id, UUID event, Caller caller) {
        return Panache.withSession(() -> find(id, caller, LockModeType.NONE)
                .chain(webhook -> Delivery.<Delivery>findById(new Delivery.Key(id, event))
                        .onItem()
                        .ifNull()
                        .failWith(Webhooks::notInTheLog)
                        .chain(delivery -> PastAttempt.of(id, event)
                                .map(past -> DeliveryHistory.of(webhook, delivery, past, plan)))));
    }

    /** Logs a test event that has been sent. */
    Uni<Delivery> tested(UUID webhook, Event event, Attempted attempted) {
        return Panache.withTransaction(() ->
                Delivery.tested(event, webhook, attempted, clock.instant()).<Delivery>persistAndFlush());
    }

    private static Uni<Webhook> find(UUID id, Caller caller, LockModeType lock) {
        return Webhook.<Webhook>findById(id, lock).map(found -> seen(found, caller));
    }

    /** Whoever does not reach all its venues is told that it does not exist. */
    private static Webhook seen(Webhook found, Caller caller) {
        if (found == null || !found.isWithin(caller.reached())) {
            throw unknown();
        }
        return found;
    }

    static Problem notInTheLog() {
        return Problem.of(
                Problem.Type.UNKNOWN_DELIVERY,
                "The log does not have it, or no longer; replay from a cursor sends again what the feed has.");
    }

    static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_WEBHOOK, "There is no such webhook.");
    }
}
