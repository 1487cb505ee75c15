package io.lasttable.booking.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The issuer's tokens that have just been found good: who books a hundred tables sends the same one a hundred times, and
 * verifying its signature was an eighth of what a booking costs. A token is looked at anew when it expires, and after half a
 * minute in any case, so that a key which the issuer has withdrawn is good for no longer than that by this.
 */
@ApplicationScoped
class KnownTokens {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private final Cache<String, Known> known;
    private final InstantSource clock;

    /** @param expiresAt by the clock on the wall, which may step; that the token is in the cache is a matter of the monotonic one */
    private record Known(SecurityIdentity identity, Instant expiresAt) {}

    @Inject
    KnownTokens() {
        this(InstantSource.system(), Ticker.systemTicker());
    }

    KnownTokens(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(ticker)
                .expireAfterWrite(LONGEST)
                .build();
    }

    /** Who the token is for, if it was found good a moment ago and has not expired. */
    Optional<SecurityIdentity> find(String token) {
        return Optional.ofNullable(known.getIfPresent(token))
                .filter(entry -> clock.instant().isBefore(entry.expiresAt()))
                .map(Known::identity);
    }

    /** Keeps what the token says, and nothing of the request that brought it. */
    void remember(String token, SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof OidcJwtCallerPrincipal principal) {
            SecurityIdentity bare = QuarkusSecurityIdentity.builder()
                    .setPrincipal(new OidcJwtCallerPrincipal(principal.getClaims(), new AccessTokenCredential(token)))
                    .build();
            known.put(token, new Known(bare, Instant.ofEpochSecond(principal.getExpirationTime())));
        }
    }
}
