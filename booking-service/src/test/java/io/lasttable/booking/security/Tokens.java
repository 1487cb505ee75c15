package io.lasttable.booking.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** Every kind of thing that somebody may send for a bearer token, by its name. */
final class Tokens {

    static final String ALL =
            "venues:write reservations:write reservations:read guests:read guests:write guests:erase reservations:override"
                    + " webhooks:read webhooks:write";
    static final String VENUE = "matrix-venue";

    private static final String ISSUER = "https://issuer.test";

    private final PrivateKey key;
    private final byte[] publicKey;
    private final String watchTokenKey;

    Tokens(String privateKey, String publicKey, String watchTokenKey) {
        this.publicKey = Base64.getDecoder().decode(publicKey);
        this.watchTokenKey = watchTokenKey;
        try {
            this.key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What opens everything. */
    String good() {
        return claims().claim("venue_ids", "*").sign(key);
    }

    /** For every venue, with these scopes only. */
    String withScopes(String scopes) {
        return base().audience("lasttable")
                .claim("scope", scopes)
                .claim("venue_ids", "*")
                .sign(key);
    }

    /** For every venue, of a client by itself. */
    String of(String client, String scopes) {
        return base().audience("lasttable")
                .subject(client)
                .claim("client_id", client)
                .claim("scope", scopes)
                .claim("venue_ids", "*")
                .sign(key);
    }

    /** Values of the Authorization header that prove nothing; each must be 401 everywhere. */
    Map<String, String> worthless() throws GeneralSecurityException {
        Map<String, String> tokens = new LinkedHashMap<>();
        forged(tokens);
        claimed(tokens);
        Map<String, String> headers = new LinkedHashMap<>();
        tokens.forEach((name, token) -> headers.put(name, "Bearer " + token));
        headers.put("no token after the scheme", "Bearer ");
        headers.put("another scheme", "Token " + good());
        return headers;
    }

    private void forged(Map<String, String> tokens) throws GeneralSecurityException {
        PrivateKey other = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        String good = good();
        String[] parts = good.split("\\.");
        String everything = "{\"iss\":\"%s\",\"aud\":\"lasttable\",\"exp\":%d,\"scope\":\"%s\",\"venue_ids\":\"*\"}"
                .formatted(ISSUER, Instant.now().plusSeconds(600).getEpochSecond(), ALL);
        tokens.put("garbage", "garbage");
        tokens.put("dots", "..");
        tokens.put("twice", good + "," + good);
        tokens.put("very long", "a".repeat(6_000));
        tokens.put("signed by another key", claims().claim("venue_ids", "*").sign(other));
        tokens.put("signature cut off", parts[0] + "." + parts[1] + ".");
        tokens.put("signature of another", parts[0] + "." + base64(everything) + "." + parts[2]);
        tokens.put("last byte changed", good.substring(0, good.length() - 4) + "AAAA");
        tokens.put("alg none", base64("{\"alg\":\"none\"}") + "." + base64(everything) + ".");
        tokens.put("alg None", base64("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + base64(everything) + ".");
        tokens.put("public key as secret", hmac(publicKey));
        tokens.put("public key as text as secret", hmac(Base64.getEncoder().encode(publicKey)));
        tokens.put("key in its header", headed(Map.of("jwk", Map.of("kty", "oct", "k", "AAAA"))));
        tokens.put("unknown critical header", headed(Map.of("crit", List.of("exp2"), "exp2", 1)));
        tokens.put("signed as a watch token", hmac(watchTokenKey.getBytes(UTF_8)));
    }

    private void claimed(Map<String, String> tokens) {
        Instant past = Instant.now().minusSeconds(3_600);
        tokens.put("expired", signed(claims().expiresAt(past)));
        tokens.put(
                "not yet valid",
                signed(claims().claim("nbf", Instant.now().plusSeconds(3_600).getEpochSecond())));
        tokens.put("another issuer", signed(claims().issuer("https://issuer.test.evil.example")));
        tokens.put("issuer with a slash", signed(claims().issuer(ISSUER + "/")));
        tokens.put("no audience", signed(bare()));
        tokens.put("another audience", signed(bare().audience("another-application")));
        tokens.put("audience in other letters", signed(bare().audience("Lasttable")));
        tokens.put("audience of watch tokens", signed(bare().audience("lasttable-live")));
        tokens.put("audience named by the client only", signed(bare().claim("client_id", "lasttable")));
        tokens.put("audience named by azp only", signed(bare().claim("azp", "lasttable")));
        tokens.put(
                "access of another client",
                signed(bare().claim("token_use", "access").claim("client_id", "another-application")));
        tokens.put("ID token", signed(claims().claim("typ", "ID")));
        tokens.put("ID token of Cognito", signed(claims().claim("token_use", "id")));
        tokens.put(
                "ID token of Cognito without aud",
                signed(bare().claim("token_use", "id").claim("client_id", "lasttable")));
    }

    /** Access tokens of ours that allow nothing of this; each must be 403, or 404 where a thing's id must not be given away. */
    Map<String, String> powerless() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String scope : new String[] {
            "", "openid profile", "reservations", "RESERVATIONS:WRITE", "*", "x" + ALL.replace(" ", " x")
        }) {
            tokens.put(
                    "scope '" + scope + "'",
                    bare().audience("lasttable")
                            .claim("scope", scope)
                            .claim("venue_ids", "*")
                            .sign(key));
        }
        tokens.put(
                "no scope", base().audience("lasttable").claim("venue_ids", "*").sign(key));
        return headers(tokens);
    }

    /** Every scope, but not this venue: 403, or 404 where a thing's id must not be given away. */
    Map<String, String> elsewhere() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("another", List.of("another-venue"));
        claims.put("in other letters", "Matrix-Venue");
        claims.put("the beginning", List.of("matrix", "matrix-", "matrix-venu"));
        claims.put("more", List.of(VENUE + "s", VENUE + " ", " " + VENUE));
        claims.put("a pattern", List.of("matrix-*", "**", "*-venue", ".*"));
        claims.put("joined", "matrix," + VENUE);
        claims.put("numbers", List.of(1, 2.5));
        claims.put("truth", true);
        claims.put("an object", Map.of(VENUE, "*"));
        claims.put("none", List.of());
        claims.put("an empty one", "");
        Map<String, String> tokens = new LinkedHashMap<>();
        claims.forEach((name, value) -> tokens.put(
                "venue_ids: " + name, claims().claim("venue_ids", value).sign(key)));
        tokens.put("no venue_ids", claims().sign(key));
        tokens.put("another claim", claims().claim("venues", "*").sign(key));
        return headers(tokens);
    }

    private static Map<String, String> headers(Map<String, String> tokens) {
        tokens.replaceAll((name, token) -> "Bearer " + token);
        return tokens;
    }

    private String signed(JwtClaimsBuilder claims) {
        return claims.claim("venue_ids", "*").sign(key);
    }

    private String hmac(byte[] secret) {
        return claims().claim("venue_ids", "*").sign(new SecretKeySpec(secret, "HmacSHA256"));
    }

    private String headed(Map<String, Object> headers) throws GeneralSecurityException {
        var token = claims().claim("venue_ids", "*").jws();
        for (var header : headers.entrySet()) {
            token = token.header(header.getKey(), header.getValue());
        }
        return token.sign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    }

    private static JwtClaimsBuilder claims() {
        return bare().audience("lasttable");
    }

    private static JwtClaimsBuilder bare() {
        return base().claim("scope", ALL);
    }

    private static JwtClaimsBuilder base() {
        return Jwt.issuer(ISSUER).subject("matrix").expiresAt(Instant.now().plusSeconds(600));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
