package io.lasttable.booking.access;

import io.lasttable.booking.venue.VenueId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** Signs the capability to watch one reservation or waitlist entry, and checks it; notify-service does as well. */
@ApplicationScoped
public class WatchTokens {

    private static final String AUDIENCE = "lasttable-live";
    private static final String REFUSED = "The watch token is expired, forged or for something else; read a new one.";

    private final Capability capability;

    @Inject
    WatchTokens(AccessSettings settings) {
        this(SigningKeys.of(settings));
    }

    WatchTokens(SigningKeys keys) {
        capability = new Capability(keys, AUDIENCE, true);
    }

    /** What a token lets its holder see. */
    public record Watched(Kind kind, UUID id, VenueId venue) {}

    /** What can be watched, as in the claim {@code kind}. */
    public enum Kind {
        RESERVATION,
        WAITLIST
    }

    public String forReservation(VenueId venue, UUID id, Instant validUntil) {
        return capability.sign(new Watched(Kind.RESERVATION, id, venue), validUntil);
    }

    public String forWaitlistEntry(VenueId venue, UUID id, Instant validUntil) {
        return capability.sign(new Watched(Kind.WAITLIST, id, venue), validUntil);
    }

    /** The id that a token of this kind is for; throws 401 when it is expired, forged or of another kind. */
    public Watched require(Kind kind, String token) {
        return capability.require(kind, token, REFUSED).place();
    }
}
