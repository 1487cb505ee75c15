package io.lasttable.notify.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.reservation.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

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

    @Inject
    WatchTokens(NotifyConfig config) {
        this(config.watchTokenKey(), config.watchTokenOtherKey());
    }

    /** @param other a key whose tokens are good as well */
    WatchTokens(String key, Optional<String> other) {
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(anyOf(Stream.concat(Stream.of(key), other.stream())))
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setExpectedAudience("lasttable-live")
                .setRequireSubject()
                .setRequireExpirationTime()
                .build();
    }

    /** Knows the one of these that a token was signed with. */
    private static VerificationKeyResolver anyOf(Stream<String> keys) {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(
                keys.map(key -> new OctetSequenceJsonWebKey(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256")))
                        .collect(Collectors.toList()));
        resolver.setDisambiguateWithVerifySignature(true);
        return resolver;
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
