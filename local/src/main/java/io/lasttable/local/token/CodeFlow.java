package io.lasttable.local.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The codes of the authorization code flow with PKCE: each is good once, for a minute, and for whoever knows its verifier. */
final class CodeFlow {

    private static final Duration VALID_FOR = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private record Wish(String challenge, String redirectUri, String scope, Instant until) {}

    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final InstantSource clock;

    CodeFlow(InstantSource clock) {
        this.clock = clock;
    }

    /** @param challenge SHA-256 of the verifier, in base64url */
    String code(String challenge, String redirectUri, String scope) {
        Instant now = clock.instant();
        wishes.values().removeIf(wish -> wish.until().isBefore(now));
        byte[] code = new byte[16];
        RANDOM.nextBytes(code);
        String name = BASE64.encodeToString(code);
        Wish before = wishes.put(name, new Wish(challenge, redirectUri, scope, now.plus(VALID_FOR)));
        assert before == null;
        return name;
    }

    /** The scope that was asked for; absent when the code is not good, or not theirs. */
    Optional<String> redeem(String code, String verifier, String redirectUri) {
        return Optional.ofNullable(wishes.remove(code))
                .filter(wish -> wish.until().isAfter(clock.instant()))
                .filter(wish -> wish.redirectUri().equals(redirectUri))
                .filter(wish -> wish.challenge().equals(challenge(verifier)))
                .map(Wish::scope);
    }

    static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
