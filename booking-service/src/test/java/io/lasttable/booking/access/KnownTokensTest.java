package io.lasttable.booking.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");

    private Instant now = NOON;
    private long nanos;
    private final KnownTokens known = new KnownTokens(() -> now, () -> nanos);

    @Test
    void aTokenIsKnownForHalfAMinute() {
        known.remember("good", identity(NOON.plusSeconds(3_600)));
        nanos = Duration.ofSeconds(29).toNanos();
        assertThat(known.find("good"))
                .get()
                .satisfies(identity -> assertThat(((OidcJwtCallerPrincipal) identity.getPrincipal()).getSubject())
                        .isEqualTo("product-team"));
        nanos = Duration.ofSeconds(31).toNanos();
        assertThat(known.find("good")).isEmpty();
    }

    @Test
    void beingUsedDoesNotKeepIt() {
        known.remember("good", identity(NOON.plusSeconds(3_600)));
        for (int second = 0; second < 30; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            assertThat(known.find("good")).isPresent();
        }
        nanos = Duration.ofSeconds(30).toNanos();
        assertThat(known.find("good")).isEmpty();
    }

    @Test
    void itEndsWhenItSaysSo() {
        known.remember("good", identity(NOON.plusSeconds(5)));
        now = NOON.plusSeconds(5);
        assertThat(known.find("good")).isEmpty();
    }

    @Test
    void anotherTokenIsNotKnownByIt() {
        known.remember("good", identity(NOON.plusSeconds(5)));
        assertThat(known.find("goof")).isEmpty();
        assertThat(known.find("")).isEmpty();
    }

    @Test
    void nothingOfTheRequestIsKept() {
        known.remember(
                "good",
                QuarkusSecurityIdentity.builder(identity(NOON.plusSeconds(5)))
                        .addAttribute("request", new byte[1])
                        .build());
        assertThat(known.find("good").orElseThrow().getAttributes()).isEmpty();
    }

    private static SecurityIdentity identity(Instant expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("product-team");
        claims.setExpirationTime(NumericDate.fromMilliseconds(expiresAt.toEpochMilli()));
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("good")))
                .build();
    }
}
