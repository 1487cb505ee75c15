package io.lasttable.booking.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.Settings;
import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;

class GuestTokensTest {

    private static final UUID KEY = UUID.fromString("3b0c1b9e-7a53-4d3e-9d0b-6c4de7a8c1f2");
    private static final VenueId VENUE = new VenueId("chez-nous");
    private static final String ORIGIN = "https://www.example.com";

    private final GuestTokens tokens = new GuestTokens(config("a-key-of-this-test-0123456789012345"));

    @Test
    void aTokenSaysWhatItOpensByTheNamesThatTheIssuerUses() throws Exception {
        AccessSettings entra = config(
                "a-key-of-this-test-0123456789012345",
                Map.of(
                        "lasttable.oidc.scope-claims", "scp,roles",
                        "lasttable.oidc.scope-prefix", "lasttable/",
                        "lasttable.oidc.venues-claim", "https://lasttable.io/venues"));
        GuestTokens named = new GuestTokens(entra);
        JwtClaims claims = named.check(named.sign(KEY, VENUE, ORIGIN, "192.0.2.7"));
        assertThat(claims.getStringClaimValue("scp")).isEqualTo("lasttable/reservations:book");
        assertThat(claims.getStringListClaimValue("https://lasttable.io/venues"))
                .containsExactly("chez-nous");
        assertThat(claims.getStringClaimValue("origin")).isEqualTo(ORIGIN);
    }

    @Test
    void theSameGuestIsCountedAsOneAndNobodyLearnsTheirAddress() throws Exception {
        String one = tokens.check(tokens.sign(KEY, VENUE, ORIGIN, "192.0.2.7")).getSubject();
        String same = tokens.check(tokens.sign(KEY, VENUE, ORIGIN, "192.0.2.7")).getSubject();
        String other =
                tokens.check(tokens.sign(KEY, VENUE, ORIGIN, "192.0.2.8")).getSubject();
        assertThat(one)
                .isEqualTo(same)
                .isNotEqualTo(other)
                .contains(KEY.toString())
                .doesNotContain("192.0.2");
    }

    @Test
    void aTokenEndsWithinWhatClocksMayDiffer() {
        assertThatCode(() -> tokens.check(endingIn(-20))).doesNotThrowAnyException();
        assertThatThrownBy(() -> tokens.check(endingIn(-40))).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void theKeysThatWereBeforeOpenNothing() {
        GuestTokens before = new GuestTokens(config("the-key-before-it-was-rotated-0123456"));
        String old = before.sign(KEY, VENUE, ORIGIN, "192.0.2.7");
        assertThat(tokens.isOne(old)).as("known for what it claims to be").isTrue();
        assertThatThrownBy(() -> tokens.check(old)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void whatSignsWatchTokensSignsNoTokenOfAGuest() {
        WatchTokens watch = new WatchTokens(config("a-key-of-this-test-0123456789012345"));
        String token = watch.forReservation(VENUE, KEY, Instant.now().plusSeconds(60));
        assertThat(tokens.isOne(token)).isFalse();
        assertThatThrownBy(() -> tokens.check(token)).isInstanceOf(InvalidJwtException.class);
    }

    private String endingIn(int seconds) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("guest");
        claims.setAudience("lasttable-guests");
        NumericDate end = NumericDate.now();
        end.addSeconds(seconds);
        claims.setExpirationTime(end);
        return tokens.sign(claims);
    }

    private static AccessSettings config(String key) {
        return config(key, Map.of());
    }

    private static AccessSettings config(String key, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("lasttable.watch-token-key", key, "lasttable.oidc.audience", "lasttable"));
        return Settings.of(AccessSettings.class, values);
    }
}
