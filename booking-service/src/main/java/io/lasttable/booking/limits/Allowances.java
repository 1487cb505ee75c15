package io.lasttable.booking.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What outlasts its request and is taken from everybody else: tables held, places on a waitlist. A client may win so many a
 * minute in each venue on this replica. One is taken before the day is asked, so that many at once do not all find room, and
 * given back when the day refuses: who loses a race has used up nothing.
 */
@ApplicationScoped
public class Allowances {

    private static final int MOST_KEPT = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** What there is an allowance of. */
    public enum Kind {
        HOLDS,
        WAITLIST_ENTRIES,
        /** What guests who came through a publishable key book, hold and wait for. */
        GUEST_BOOKINGS,
        /** Contacts that guests name for a table that is theirs: a venue may say that somebody is to come already. */
        GUEST_CONTACTS,
        /** Tokens for a publishable key. */
        GUEST_TOKENS,
        /** Questions for such tokens, in no venue: before it is known whether there is such a key. */
        GUEST_QUESTIONS
    }

    /** One of an allowance; {@code bucket} is absent for a client that is not limited. */
    public record Taken(Optional<Bucket> bucket) {

        public void giveBack() {
            bucket.ifPresent(from -> from.addTokens(1));
        }
    }

    private record Key(Kind kind, String client, Optional<VenueId> venue) {}

    private final LimitSettings limits;
    private final Client client;
    private final RoutingContext request;
    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(WINDOW.multipliedBy(2))
            .build();

    Allowances(LimitSettings settings, Client client, RoutingContext request) {
        this.limits = settings;
        this.client = client;
        this.request = request;
    }

    /** A refusal does, unless it tells that somebody is to come. */
    public static boolean costsNothing(Throwable refusal) {
        return !(refusal instanceof Problem problem && problem.type() == Problem.Type.SAME_GUEST);
    }

    /** Takes one for the current request; throws {@code rate-limited} when none is left. */
    public Taken take(Kind kind, VenueId venue) {
        return take(kind, Optional.of(venue));
    }

    /** As {@link #take(Kind, VenueId)}, of what is not counted by venue. */
    public Taken take(Kind kind) {
        return take(kind, Optional.empty());
    }

    private Taken take(Kind kind, Optional<VenueId> venue) {
        Optional<Bucket> bucket = bucket(kind, venue);
        bucket.map(from -> from.tryConsumeAndReturnRemaining(1))
                .filter(probe -> !probe.isConsumed())
                .ifPresent(probe -> refuse(kind, venue.isPresent() ? " in one venue" : "", probe));
        return new Taken(bucket);
    }

    /** As {@link #take}; empty when none is left. */
    public Optional<Taken> tryTake(Kind kind, VenueId venue) {
        Optional<Bucket> bucket = bucket(kind, Optional.of(venue));
        return bucket.isPresent() && !bucket.get().tryConsume(1) ? Optional.empty() : Optional.of(new Taken(bucket));
    }

    private Optional<Bucket> bucket(Kind kind, Optional<VenueId> venue) {
        return counted(kind).map(name -> buckets.get(new Key(kind, name, venue), key -> full(key.kind())));
    }

    /** Whoever comes through a publishable key is as many as they like to be, so that only their address counts. */
    private Optional<String> counted(Kind kind) {
        return kind.name().startsWith("GUEST_") ? client.address(request.request()) : client.of(request);
    }

    private void refuse(Kind kind, String where, ConsumptionProbe probe) {
        String what = ' ' + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        throw Problem.of(
                        Problem.Type.RATE_LIMITED,
                        "At most " + most(kind) + what + " a minute" + where + "; wait as Retry-After says.")
                .retryAfter(TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + 999_999_999));
    }

    private int most(Kind kind) {
        return switch (kind) {
            case HOLDS -> limits.holdsPerMinute();
            case WAITLIST_ENTRIES -> limits.joinsPerMinute();
            case GUEST_BOOKINGS, GUEST_CONTACTS -> limits.guestBookingsPerMinute();
            case GUEST_TOKENS -> limits.guestTokensPerMinute();
            case GUEST_QUESTIONS -> limits.guestQuestionsPerMinute();
        };
    }

    private Bucket full(Kind kind) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most(kind)).refillGreedy(most(kind), WINDOW))
                .build();
    }
}
