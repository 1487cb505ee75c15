package io.lasttable.booking.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.access.AccessSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 in hex. Keyed, so that nobody who reads the table can try out what was in a request. While the key is rotated there
 * are two: what is stored under one must be found by replicas that write with the other.
 */
@ApplicationScoped
class KeyedHash {

    private static final String HASH = "HmacSHA256";

    private final List<Secret> secrets;

    @Inject
    KeyedHash(AccessSettings settings) {
        this(settings.watchTokenKey(), settings.watchTokenOtherKey());
    }

    /** @param other the key of before, or the next one */
    KeyedHash(String key, Optional<String> other) {
        secrets = Stream.concat(Stream.of(key), other.stream())
                .map(text -> new Secret(new SecretKeySpec(text.getBytes(UTF_8), HASH)))
                .toList();
    }

    /** What is stored. */
    String of(String text) {
        return secrets.get(0).of(text);
    }

    /** What may be stored, that which is stored by this replica first. */
    <T> List<T> each(Function<Secret, T> use) {
        return secrets.stream().map(use).toList();
    }

    /** One key. */
    record Secret(SecretKey key) {

        String of(String text) {
            try {
                Mac mac = Mac.getInstance(HASH);
                mac.init(key);
                return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has " + HASH, e);
            }
        }
    }
}
