package io.lasttable.booking.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.BookingConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 in hex. Keyed, so that nobody who reads the table can try out what was in a request. */
@ApplicationScoped
class KeyedHash {

    private static final String HASH = "HmacSHA256";

    private final SecretKey secret;

    KeyedHash(BookingConfig config) {
        secret = new SecretKeySpec(config.watchTokenKey().getBytes(UTF_8), HASH);
    }

    String of(String text) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HASH, e);
        }
    }
}
