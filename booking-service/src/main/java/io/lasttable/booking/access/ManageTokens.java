package io.lasttable.booking.access;

import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * The guest's own capability: to read, change and cancel one reservation or waitlist entry without an account. It travels in a link,
 * so it is good for as long as the thing itself, wherever that is moved, and says nothing of an end: a day after the stay,
 * with an erasure, and once the thing is another guest's, it opens nothing any more. Beside it there is one for the address of a
 * calendar entry, which calendar programs keep and pass on: it shows that entry and nothing else.
 */
@ApplicationScoped
public class ManageTokens {

    public static final String HEADER = "Lasttable-Manage-Token";

    private static final String AUDIENCE = "lasttable-manage";
    private static final String CALENDAR = "lasttable-calendar";

    private final Capability capability;
    private final Capability calendar;

    ManageTokens(AccessSettings settings) {
        capability = new Capability(SigningKeys.of(settings), AUDIENCE, false);
        calendar = new Capability(SigningKeys.of(settings), CALENDAR, false);
    }

    /** What a token lets its holder manage, since when it does, and which version of it was there then. */
    public record Managed(Watched place, Instant signedAt, long version) {}

    public String forReservation(VenueId venue, UUID id, long version) {
        return capability.sign(new Watched(Kind.RESERVATION, id, venue), version);
    }

    public String forWaitlistEntry(VenueId venue, UUID id, long version) {
        return capability.sign(new Watched(Kind.WAITLIST, id, venue), version);
    }

    /** For the address of its calendar entry alone. */
    public String forCalendarOf(VenueId venue, UUID reservation, long version) {
        return calendar.sign(new Watched(Kind.RESERVATION, reservation, venue), version);
    }

    Managed require(Kind kind, String token) {
        return managed(capability.require(kind, token, refused().getMessage()));
    }

    Managed requireCalendar(String token) {
        return managed(calendar.require(Kind.RESERVATION, token, refused().getMessage()));
    }

    private static Managed managed(Capability.Signed signed) {
        return new Managed(signed.place(), signed.at(), signed.version());
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
