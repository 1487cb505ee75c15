package io.lasttable.notify.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.access.WatchTokens.Check;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

    private static final String OLD = "the-key-of-before-0123456789abcdef";
    private static final String NEW = "the-key-from-now-on-0123456789abcdef";

    private final WatchTokens rotated = new WatchTokens(NEW, Optional.of(OLD));

    @Test
    void tokensOfBothKeysAreGoodWhileTheKeyIsRotated() {
        assertThat(rotated.check(signedWith(NEW, Duration.ofHours(1)))).isInstanceOf(Check.Valid.class);
        assertThat(rotated.check(signedWith(OLD, Duration.ofHours(1)))).isInstanceOf(Check.Valid.class);
    }

    @Test
    void anExpiredTokenOfEitherIsTold() {
        assertThat(rotated.check(signedWith(NEW, Duration.ofHours(-1)))).isInstanceOf(Check.Expired.class);
        assertThat(rotated.check(signedWith(OLD, Duration.ofHours(-1)))).isInstanceOf(Check.Expired.class);
    }

    @Test
    void tokensOfAKeyThatIsGoneAreRefused() {
        assertThat(rotated.check(signedWith("a-key-of-somebody-else-0123456789abcdef", Duration.ofHours(1))))
                .isInstanceOf(Check.Invalid.class);
        assertThat(new WatchTokens(NEW, Optional.empty()).check(signedWith(OLD, Duration.ofHours(1))))
                .isInstanceOf(Check.Invalid.class);
    }

    private static String signedWith(String key, Duration validFor) {
        return Jwt.subject("00000000-0000-4000-8000-000000000001")
                .audience("lasttable-live")
                .claim("venueId", "rotation")
                .claim("kind", "reservation")
                .issuedAt(Instant.now().minus(Duration.ofHours(2)))
                .expiresAt(Instant.now().plus(validFor))
                .sign(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    }
}
