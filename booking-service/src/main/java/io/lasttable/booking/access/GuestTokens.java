package io.lasttable.booking.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.venue.VenueId;
import io.lasttable.edge.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Signs and checks the bearer tokens of guests who came through a publishable key (JWS, HS256): one venue, the scope to book, the origin
 * that it was given to, and an end so near that the end of its key is soon its own. Signed with a key of their own, derived of the one
 * of the watch tokens: with that, it changes.
 */
@ApplicationScoped
public class GuestTokens {

    public static final Duration VALID_FOR = Duration.ofMinutes(5);

    static final String ORIGIN = "origin";
    static final String KEY = "publishable_key";
    private static final String TYPE = "lasttable-guest+jwt";
    private static final String AUDIENCE = "lasttable-guests";

    /** By how much the clocks of two replicas may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int CALLER_CHARACTERS = 16;

    private final SecretKey key;
    private final JwtConsumer consumer;
    private final AccessSettings.Oidc names;
    private final String head;

    GuestTokens(AccessSettings settings) {
        SigningKeys keys =
                SigningKeys.of(settings).derived(from -> new SecretKeySpec(hmac(from, AUDIENCE), SigningKeys.HMAC));
        key = keys.own();
        names = settings.oidc();
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys.resolver())
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) SKEW.toSeconds())
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .build();
        String sample = sign(new JwtClaims());
        head = sample.substring(0, sample.indexOf('.') + 1);
    }

    /**
     * @param caller whom limits count it for; only its keyed hash is in the token
     */
    public String sign(UUID publishableKey, VenueId venue, String origin, String caller) {
        JwtClaims claims = new JwtClaims();
        String hash = HexFormat.of().formatHex(hmac(key, publishableKey + " " + caller));
        claims.setSubject("guest " + publishableKey + ' ' + hash.substring(0, CALLER_CHARACTERS));
        claims.setAudience(AUDIENCE);
        claims.setStringClaim(KEY, publishableKey.toString());
        claims.setStringClaim(ORIGIN, origin);
        claims.setStringClaim(
                names.scopeClaims().get(0), names.scopePrefix().orElse("") + Scope.RESERVATIONS_BOOK.claim());
        claims.setStringListClaim(names.venuesClaim(), List.of(venue.value()));
        long now = DatabaseClock.UTC.instant().getEpochSecond();
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + VALID_FOR.toSeconds()));
        return sign(claims);
    }

    String sign(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setHeader("typ", TYPE);
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setKey(key);
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A guest's token could not be signed", e);
        }
    }

    /** Whether it says that it is one; anything else is the issuer's. */
    boolean isOne(String token) {
        return token.startsWith(head);
    }

    /** Throws when it is forged, has ended, or is signed with a key that is no longer ours. */
    JwtClaims check(String token) throws InvalidJwtException {
        return consumer.processToClaims(token);
    }

    private static byte[] hmac(SecretKey with, String text) {
        try {
            Mac mac = Mac.getInstance(SigningKeys.HMAC);
            mac.init(with);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
