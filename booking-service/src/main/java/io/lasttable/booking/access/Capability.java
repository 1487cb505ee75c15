package io.lasttable.booking.access;

import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.edge.DatabaseClock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Signs tokens for one reservation or waitlist entry (JWS, HS256), for one audience, and checks them. With jose4j itself:
 * SmallRye's builder looks settings up for each token, which took longer than signing.
 */
final class Capability {

    private static final String VERSION = "version";

    private final String audience;
    private final SecretKey key;
    private final JwtConsumer consumer;

    /** @param ends whether a token must say when it ends */
    Capability(SigningKeys keys, String audience, boolean ends) {
        this.audience = audience;
        this.key = keys.own();
        JwtConsumerBuilder checks = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys.resolver())
                .setExpectedAudience(audience)
                .setRequireIssuedAt()
                .setRequireSubject()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);
        this.consumer = (ends ? checks.setRequireExpirationTime() : checks).build();
    }

    /**
     * A token that is good: what it is for, and when it was signed.
     *
     * @param version of what it is for; 0 when it does not say
     */
    record Signed(Watched place, Instant at, long version) {}

    String sign(Watched place, Instant validUntil) {
        JwtClaims claims = claims(place);
        claims.setExpirationTime(NumericDate.fromSeconds(validUntil.getEpochSecond()));
        return sign(claims);
    }

    /** One without an end, for a version of the thing. */
    String sign(Watched place, long version) {
        JwtClaims claims = claims(place);
        claims.setClaim(VERSION, version);
        return sign(claims);
    }

    private JwtClaims claims(Watched place) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(place.id().toString());
        claims.setAudience(audience);
        claims.setStringClaim("venueId", place.venue().value());
        claims.setStringClaim("kind", claim(place.kind()));
        claims.setIssuedAt(NumericDate.fromSeconds(DatabaseClock.UTC.instant().getEpochSecond()));
        return claims;
    }

    private String sign(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setHeader("typ", "JWT");
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setKey(key);
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
    }

    /** Throws 401 with this detail when it is expired, forged or of another kind. */
    Signed require(Kind kind, String token, String detail) {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            if (claim(kind).equals(claims.getStringClaimValue("kind"))) {
                VenueId venue = new VenueId(claims.getStringClaimValue("venueId"));
                Instant at = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
                long version = claims.getClaimValue(VERSION) instanceof Number number ? number.longValue() : 0;
                return new Signed(new Watched(kind, UUID.fromString(claims.getSubject()), venue), at, version);
            }
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            Problem problem = Problem.of(Problem.Type.UNAUTHORIZED, detail);
            problem.addSuppressed(e);
            throw problem;
        }
        throw Problem.of(Problem.Type.UNAUTHORIZED, detail);
    }

    /** Whether it is one of these at all. */
    boolean isGood(String token) {
        try {
            return consumer.processToClaims(token) != null;
        } catch (InvalidJwtException e) {
            return false;
        }
    }

    private static String claim(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
