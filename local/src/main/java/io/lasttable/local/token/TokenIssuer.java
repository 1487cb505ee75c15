package io.lasttable.local.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs access tokens and says how to verify them, as an OIDC provider does. Asks nobody who they are. */
public final class TokenIssuer {

    /** Every venue. */
    public static final String ALL_VENUES = "*";

    /** Whom its tokens are made for. */
    public static final String AUDIENCE = "lasttable";

    public static final String ALL_SCOPES = "venues:write reservations:write reservations:read reservations:override"
            + " guests:read guests:write guests:erase webhooks:read webhooks:write";

    static final Duration VALID_FOR = Duration.ofHours(12);

    private final String issuer;
    private final RsaJsonWebKey key;

    /**
     * @param issuer the URL under which the services find discovery and keys
     * @param keyFile where the key is kept; made when absent
     */
    public TokenIssuer(String issuer, Path keyFile) {
        this.issuer = issuer;
        this.key = SigningKey.loadOrCreate(keyFile);
    }

    /**
     * @param scope scopes separated by spaces
     * @param venueIds venues separated by commas, or {@link #ALL_VENUES}
     */
    public String token(String scope, String venueIds) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject("local");
        claims.setAudience(AUDIENCE);
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(VALID_FOR.toMinutes());
        claims.setStringClaim("scope", scope);
        if (venueIds.equals(ALL_VENUES)) {
            claims.setStringClaim("venue_ids", ALL_VENUES);
        } else {
            claims.setStringListClaim("venue_ids", List.of(venueIds.split(",")));
        }
        return sign(claims);
    }

    JsonObject discovery() {
        return new JsonObject()
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/jwks")
                .put("token_endpoint", issuer + "/token")
                .put("authorization_endpoint", issuer + "/authorize")
                .put("response_types_supported", new JsonArray().add("code").add("token"))
                .put("grant_types_supported", new JsonArray().add("authorization_code"))
                .put("code_challenge_methods_supported", new JsonArray().add("S256"))
                .put("token_endpoint_auth_methods_supported", new JsonArray().add("none"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"));
    }

    String keys() {
        return new JsonWebKeySet(key).toJson();
    }

    private String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
    }
}
