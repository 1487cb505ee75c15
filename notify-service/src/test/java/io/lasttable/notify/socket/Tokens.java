package io.lasttable.notify.socket;

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

/** Every kind of thing that somebody may connect with for a bearer token, or send for a watch token, by its name. */
final class Tokens {

    static final String VENUE = "matrix-venue";
    static final String ALL = "venues:write reservations:write reservations:read guests:read guests:erase";

    private final String issuer;
    private final PrivateKey key;
    private final byte[] watchKey;

    Tokens(String issuer, String issuerKey, String watchTokenKey) {
        this.issuer = issuer;
        this.watchKey = watchTokenKey.getBytes(UTF_8);
        try {
            this.key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(issuerKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What opens the staff's view of the venue. */
    Map<String, String> good() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("everything", signed(ours().claim("venue_ids", "*")));
        tokens.put("this venue among others", signed(ours().claim("venue_ids", List.of("another", VENUE))));
        tokens.put("this venue alone", signed(ours().claim("venue_ids", VENUE)));
        tokens.put(
                "the one scope",
                signed(bare("reservations:read").audience("lasttable").claim("venue_ids", "*")));
        return tokens;
    }

    /** What proves nothing. */
    Map<String, String> worthless() throws GeneralSecurityException {
        Map<String, String> tokens = new LinkedHashMap<>();
        forged(tokens);
        claimed(tokens);
        return tokens;
    }

    private void forged(Map<String, String> tokens) throws GeneralSecurityException {
        PrivateKey other = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        String good = good().get("everything");
        String[] parts = good.split("\\.");
        String everything = "{\"iss\":\"%s\",\"aud\":\"lasttable\",\"exp\":%d,\"scope\":\"%s\",\"venue_ids\":\"*\"}"
                .formatted(issuer, Instant.now().plusSeconds(600).getEpochSecond(), ALL);
        tokens.put("nothing", "");
        tokens.put("garbage", "garbage");
        tokens.put("dots", "..");
        tokens.put("very long", "a".repeat(4_000));
        tokens.put(
                "signed by another key",
                ours().claim("venue_ids", "*").jws().keyId("test").sign(other));
        tokens.put(
                "of an unknown key",
                ours().claim("venue_ids", "*").jws().keyId("unknown").sign(other));
        tokens.put("signature cut off", parts[0] + "." + parts[1] + ".");
        tokens.put("signature of another", parts[0] + "." + base64(everything) + "." + parts[2]);
        tokens.put("last byte changed", good.substring(0, good.length() - 4) + "AAAA");
        tokens.put("alg none", base64("{\"alg\":\"none\"}") + "." + base64(everything) + ".");
        tokens.put("alg None", base64("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + base64(everything) + ".");
        tokens.put(
                "signed as a watch token",
                ours().claim("venue_ids", "*").sign(new SecretKeySpec(watchKey, "HmacSHA256")));
        tokens.put("a watch token", watchTokens().get("good"));
    }

    private void claimed(Map<String, String> tokens) {
        Instant past = Instant.now().minusSeconds(3_600);
        tokens.put("expired", everywhere(ours().expiresAt(past)));
        tokens.put(
                "not yet valid",
                everywhere(ours().claim("nbf", Instant.now().plusSeconds(3_600).getEpochSecond())));
        tokens.put("another issuer", everywhere(ours().issuer("https://issuer.evil.example")));
        tokens.put("issuer with a slash", everywhere(ours().issuer(issuer + "/")));
        tokens.put("no audience", everywhere(bare(ALL)));
        tokens.put("another audience", everywhere(bare(ALL).audience("another-application")));
        tokens.put("audience in other letters", everywhere(bare(ALL).audience("Lasttable")));
        tokens.put("audience of watch tokens", everywhere(bare(ALL).audience("lasttable-live")));
        tokens.put("audience named by the client only", everywhere(bare(ALL).claim("client_id", "lasttable")));
        tokens.put("audience named by azp only", everywhere(bare(ALL).claim("azp", "lasttable")));
        tokens.put(
                "access of another client",
                everywhere(bare(ALL).claim("token_use", "access").claim("client_id", "another-application")));
        tokens.put("ID token", everywhere(ours().claim("typ", "ID")));
        tokens.put("ID token of Cognito", everywhere(ours().claim("token_use", "id")));
    }

    /** Access tokens of ours that do not open the staff's view of the venue. */
    Map<String, String> powerless() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String scope : List.of(
                "",
                "openid",
                "reservations:write",
                "guests:read",
                "reservations",
                "RESERVATIONS:READ",
                "*",
                "xreservations:read")) {
            tokens.put("scope '" + scope + "'", everywhere(bare(scope).audience("lasttable")));
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("another", List.of("another-venue"));
        claims.put("in other letters", "Matrix-Venue");
        claims.put("the beginning", List.of("matrix", "matrix-", "matrix-venu"));
        claims.put("more", List.of(VENUE + "s", VENUE + " ", " " + VENUE));
        claims.put("a pattern", List.of("matrix-*", "**", ".*"));
        claims.put("joined", "matrix," + VENUE);
        claims.put("numbers", List.of(1, 2.5));
        claims.put("truth", true);
        claims.put("an object", Map.of(VENUE, "*"));
        claims.put("none", List.of());
        claims.put("an empty one", "");
        claims.forEach((name, value) -> tokens.put("venue_ids: " + name, signed(ours().claim("venue_ids", value))));
        tokens.put("no venue_ids", signed(ours()));
        return tokens;
    }

    /** What may be sent with {@code watchReservation}; {@code good} is. */
    Map<String, String> watchTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("good", watch("lasttable-live", "reservation", 600, watchKey));
        tokens.put("a bearer token", good().get("everything"));
        tokens.put("empty", "");
        tokens.put("garbage", "no.such.token");
        tokens.put(
                "another key",
                watch("lasttable-live", "reservation", 600, "k".repeat(40).getBytes(UTF_8)));
        tokens.put("another audience", watch("lasttable", "reservation", 600, watchKey));
        tokens.put("another kind", watch("lasttable-live", "venue", 600, watchKey));
        tokens.put("expired", watch("lasttable-live", "reservation", -600, watchKey));
        tokens.put(
                "alg none",
                base64("{\"alg\":\"none\"}") + "." + tokens.get("good").split("\\.")[1] + ".");
        return tokens;
    }

    private static String watch(String audience, String kind, long seconds, byte[] key) {
        return Jwt.subject("00000000-0000-4000-8000-000000000000")
                .audience(audience)
                .claim("venueId", VENUE)
                .claim("kind", kind)
                .expiresAt(Instant.now().plusSeconds(seconds))
                .sign(new SecretKeySpec(key, "HmacSHA256"));
    }

    private String everywhere(JwtClaimsBuilder claims) {
        return signed(claims.claim("venue_ids", "*"));
    }

    private String signed(JwtClaimsBuilder claims) {
        return claims.jws().keyId("test").sign(key);
    }

    private JwtClaimsBuilder ours() {
        return bare(ALL).audience("lasttable");
    }

    private JwtClaimsBuilder bare(String scope) {
        return Jwt.issuer(issuer)
                .subject("matrix")
                .claim("scope", scope)
                .issuedAt(Instant.now().minusSeconds(7_200))
                .expiresAt(Instant.now().plusSeconds(600));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
