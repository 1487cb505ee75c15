package io.lasttable.booking.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs the capability to watch one reservation on the live socket (JWS, HS256); notify-service checks it. */
@ApplicationScoped
public class WatchTokens {

    private final SecretKey key;

    WatchTokens(BookingConfig config) {
        key = new SecretKeySpec(config.watchTokenKey().getBytes(UTF_8), "HmacSHA256");
    }

    public String forReservation(VenueId venue, UUID id, Instant validUntil) {
        return Jwt.subject(id.toString())
                .audience("lasttable-live")
                .claim("venueId", venue.value())
                .claim("kind", "reservation")
                .expiresAt(validUntil)
                .sign(key);
    }
}
