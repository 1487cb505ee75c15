package io.lasttable.booking.access;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Has the service check bearer tokens with a fresh public key, whose private half the tests sign with. The pair is made once
 * in this JVM, since every class loader of Quarkus has a configuration of its own.
 */
public final class TokenKeys implements ConfigSource {

    static final String PRIVATE_KEY = "lasttable-test.token-key";
    static final String ISSUER = "https://issuer.test";
    private static final String PUBLIC_KEY = "quarkus.oidc.public-key";

    private final Map<String, String> properties;

    public TokenKeys() {
        synchronized (System.class) {
            if (System.getProperty(PRIVATE_KEY) == null) {
                KeyPair pair = pair();
                Base64.Encoder base64 = Base64.getEncoder();
                System.setProperty(
                        PUBLIC_KEY, base64.encodeToString(pair.getPublic().getEncoded()));
                System.setProperty(
                        PRIVATE_KEY, base64.encodeToString(pair.getPrivate().getEncoded()));
            }
        }
        properties = Map.of("quarkus.oidc.token.issuer", ISSUER);
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "token keys of the tests";
    }

    /** What a service is told that runs elsewhere. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(new TokenKeys().properties);
        settings.put(PUBLIC_KEY, System.getProperty(PUBLIC_KEY));
        return settings;
    }

    /** A token of somebody of the house. */
    public static String staff(String scope, String... venues) {
        return signed("staff", Map.of("scope", scope, "venue_ids", List.of(venues)));
    }

    /** A token of whomever, who may do what its claims say. */
    public static String signed(String subject, Map<String, ?> claims) {
        var token = Jwt.subject(subject).issuer(ISSUER).audience("lasttable");
        claims.forEach(token::claim);
        return signed(token);
    }

    static String signed(JwtClaimsBuilder token) {
        try {
            byte[] key = Base64.getDecoder().decode(System.getProperty(PRIVATE_KEY));
            return token.sign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
