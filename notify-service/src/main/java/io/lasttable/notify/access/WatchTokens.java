package io.lasttable.notify.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.reservation.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Checks the capability to watch one reservation or waitlist entry (JWS, HS256), signed by booking-service. */
@ApplicationScoped
public class WatchTokens {

    /** What a watch token says. */
    public sealed interface Check {

        /** @param validUntilSeconds seconds since 1970 */
        record Valid(Subject subject, long validUntilSeconds) implements Check {}

        record Expired() implements Check {}

        record Invalid() implements Check {}
    }

    private final JwtConsumer consumer;

    WatchTokens(NotifyConfig config) {
        consumer = new JwtConsumerBuilder()
                .setVerificationKey(new SecretKeySpec(config.watchTokenKey().getBytes(UTF_8), "HmacSHA256"))
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setExpectedAudience("lasttable-live")
                .setRequireSubject()
                .setRequireExpirationTime()
                .build();
    }

    public Check check(String token) {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            Subject.Kind kind = kind(claims.getStringClaimValue("kind"));
            return kind == null
                    ? new Check.Invalid()
                    : new Check.Valid(
                            new Subject(kind, claims.getSubject()),
                            claims.getExpirationTime().getValue());
        } catch (InvalidJwtException e) {
            return e.hasExpired() ? new Check.Expired() : new Check.Invalid();
        } catch (MalformedClaimException e) {
            return new Check.Invalid();
        }
    }

    private static Subject.Kind kind(String claim) {
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (kind.wire().equals(claim)) {
                return kind;
            }
        }
        return null;
    }
}
