package io.lasttable.booking.calendar;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * A venue's calendar addresses over REST. An answer that makes one is not kept for its Idempotency-Key, since it has the secret in it: who
 * asks twice has two, and revokes one.
 */
@Path("/v1/venues/{venueId}/calendar-links")
@Produces(MediaType.APPLICATION_JSON)
public class CalendarLinkResource {

    private final CalendarLinks links;
    private final Access access;

    CalendarLinkResource(CalendarLinks links, Access access) {
        this.links = links;
        this.access = access;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createCalendarLink", summary = "A secret address for calendar programs, told this once")
    public Uni<Response> create(@PathParam("venueId") String venueId, String body) {
        VenueId venue = allowed(venueId);
        access.require(Scope.RESERVATIONS_READ, venue);
        WantedLink wanted = WantedLink.read(body);
        return links.make(venue, wanted, access.caller()).map(CalendarLinkResource::made);
    }

    private static Response made(CalendarLinks.Made made) {
        return Response.status(201)
                .header("Location", "/v1/venues/" + made.link().venueId + "/calendar-links/" + made.link().id)
                .entity(Json.write(LinkView.of(made.link(), Optional.of(made.secret()))))
                .build();
    }

    @GET
    @Operation(operationId = "listCalendarLinks", summary = "A venue's calendar addresses, without what is secret")
    public Uni<Response> list(@PathParam("venueId") String venueId) {
        return links.of(allowed(venueId))
                .map(all -> Response.ok(Json.write(LinkView.Page.of(all))).build());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeCalendarLink", summary = "Nothing is found at this address any more")
    public Uni<Response> revoke(@PathParam("venueId") String venueId, @PathParam("id") String id) {
        return links.revoke(allowed(venueId), uuid(id))
                .replaceWith(() -> Response.noContent().build());
    }

    private VenueId allowed(String venueId) {
        VenueId venue = VenuePath.id(venueId);
        access.require(Scope.VENUES_WRITE, venue);
        return venue;
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw CalendarLinks.unknown();
        }
    }
}
