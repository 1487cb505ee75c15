package io.lasttable.booking.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Signs the capability to watch one reservation or waitlist entry (JWS, HS256), and checks it; notify-service does as well.
 * With jose4j itself: SmallRye's builder looks settings up for each token, which took longer than signing.
 */
@ApplicationScoped
public class WatchTokens {

    private static final String AUDIENCE = "lasttable-live";

    private final SecretKey key;
    private final JwtConsumer consumer;

    @Inject
    WatchTokens(BookingConfig config) {
        this(config.watchTokenKey(), config.watchTokenOtherKey());
    }

    /** @param other a key whose tokens are good as well */
    WatchTokens(String key, Optional<String> other) {
        this.key = key(key);
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        anyOf(Stream.concat(Stream.of(this.key), other.map(WatchTokens::key).stream())))
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .build();
    }

    private static SecretKey key(String text) {
        return new SecretKeySpec(text.getBytes(UTF_8), "HmacSHA256");
    }

    /** Knows the one of these that a token was signed with. */
    private static VerificationKeyResolver anyOf(Stream<Key> keys) {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(
                keys.map(OctetSequenceJsonWebKey::new).collect(Collectors.toList()));
        resolver.setDisambiguateWithVerifySignature(true);
        return resolver;
    }

    /** What a token lets its holder see. */
    public record Watched(Kind kind, UUID id, VenueId venue) {}

    /** What can be watched, as in the claim {@code kind}. */
    public enum Kind {
        RESERVATION,
        WAITLIST;

        String claim() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String forReservation(VenueId venue, UUID id, Instant validUntil) {
        return sign(Kind.RESERVATION, venue, id, validUntil);
    }

    public String forWaitlistEntry(VenueId venue, UUID id, Instant validUntil) {
        return sign(Kind.WAITLIST, venue, id, validUntil);
    }

    private String sign(Kind kind, VenueId venue, UUID id, Instant validUntil) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(id.toString());
        claims.setAudience(AUDIENCE);
        claims.setStringClaim("venueId", venue.value());
        claims.setStringClaim("kind", kind.claim());
        claims.setIssuedAtToNow();
        claims.setExpirationTime(NumericDate.fromSeconds(validUntil.getEpochSecond()));
        JsonWebSignature token = new JsonWebSignature();
        token.setHeader("typ", "JWT");
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setKey(key);
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A watch token could not be signed", e);
        }
    }

    /** The id that a token of this kind is for; throws 401 when it is expired, forged or of another kind. */
    public Watched require(Kind kind, String token) {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            if (kind.claim().equals(claims.getStringClaimValue("kind"))) {
                return new Watched(
                        kind, UUID.fromString(claims.getSubject()), new VenueId(claims.getStringClaimValue("venueId")));
            }
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            throw refused(e);
        }
        throw refused(null);
    }

    private static Problem refused(Exception cause) {
        Problem problem = Problem.of(
                Problem.Type.UNAUTHORIZED, "The watch token is expired, forged or for something else; read a new one.");
        if (cause != null) {
            problem.addSuppressed(cause);
        }
        return problem;
    }
}
