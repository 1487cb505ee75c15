package io.lasttable.booking.changes;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The changes feed over REST. */
@Path("/v1/venues/{venueId}/changes")
@Produces(MediaType.APPLICATION_JSON)
public class ChangesResource {

    private static final int MOST = 500;
    private static final int LONGEST_WAIT = 30;

    private final ChangeFeed feed;
    private final LongPolls polls;
    private final Access access;

    ChangesResource(ChangeFeed feed, LongPolls polls, Access access) {
        this.feed = feed;
        this.polls = polls;
        this.access = access;
    }

    @GET
    @Compressed
    @Operation(
            operationId = "listChanges",
            summary = "Every reservation and waitlist change since a cursor, waiting for the next when there is none")
    public Uni<String> changes(
            @PathParam("venueId") String venueId,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("wait") @DefaultValue("0") String wait,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        VenueId venue = VenuePath.id(venueId);
        access.require(Scope.RESERVATIONS_READ, venue);
        int most = Parameters.integer("limit", limit, 1, MOST);
        Duration longest = Duration.ofSeconds(Parameters.integer("wait", wait, 0, LONGEST_WAIT));
        return page(venue, after, most, longest).map(FeedPage::json);
    }

    private Uni<FeedPage> page(VenueId venue, String after, int limit, Duration wait) {
        if (after.isEmpty()) {
            return feed.fromOldest(venue, limit).chain(page -> orNext(venue, page, limit, wait));
        }
        if (after.equals("now")) {
            return feed.newest(venue).chain(page -> orNext(venue, page, limit, wait));
        }
        long cursor = cursor(after);
        return wait.isZero() ? feed.after(venue, cursor, limit) : polls.next(venue, cursor, limit, wait);
    }

    private Uni<FeedPage> orNext(VenueId venue, FeedPage page, int limit, Duration wait) {
        return page.isEmpty() && !wait.isZero()
                ? polls.next(venue, page.next(), limit, wait)
                : Uni.createFrom().item(page);
    }

    private static long cursor(String after) {
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.invalid("/query/after", "is not a cursor that this feed has given");
        }
        return Long.parseLong(after);
    }
}
