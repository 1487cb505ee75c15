package io.lasttable.booking.access;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The guest's own capability: to read, change and cancel one reservation or waitlist entry without an account. It travels in a link,
 * so it is good for as long as the thing itself, wherever that is moved, and says nothing of an end: a day after the stay,
 * and with an erasure, it opens nothing any more.
 */
@ApplicationScoped
public class ManageTokens {

    public static final String HEADER = "Lasttable-Manage-Token";

    private static final String AUDIENCE = "lasttable-manage";

    private final Capability capability;

    ManageTokens(BookingConfig config) {
        capability = new Capability(SigningKeys.of(config), AUDIENCE, false);
    }

    /** What a token lets its holder manage, and since when it does. */
    public record Managed(Watched place, Instant signedAt) {}

    public String forReservation(VenueId venue, UUID id) {
        return capability.sign(new Watched(Kind.RESERVATION, id, venue), Optional.empty());
    }

    public String forWaitlistEntry(VenueId venue, UUID id) {
        return capability.sign(new Watched(Kind.WAITLIST, id, venue), Optional.empty());
    }

    Managed require(Kind kind, String token) {
        Capability.Signed signed = capability.require(kind, token, refused().getMessage());
        return new Managed(signed.place(), signed.at());
    }

    boolean isGood(String token) {
        return capability.isGood(token);
    }

    static Problem refused() {
        return Problem.of(
                Problem.Type.UNAUTHORIZED,
                "The link has ended, or is for something else: ask the house for a new one.");
    }
}
