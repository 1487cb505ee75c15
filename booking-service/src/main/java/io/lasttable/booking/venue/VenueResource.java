package io.lasttable.booking.venue;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Venues over REST. */
@Path("/v1/venues")
@Produces(MediaType.APPLICATION_JSON)
public class VenueResource {

    private static final int MOST = 200;

    private final Venues venues;
    private final Access access;

    VenueResource(Venues venues, Access access) {
        this.venues = venues;
        this.access = access;
    }

    @PUT
    @Path("/{venueId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putVenue", summary = "Create a venue, or replace the version named in If-Match")
    public Uni<Response> put(
            @PathParam("venueId") String venueId,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("validate") String validate,
            String body) {
        VenueId id = id(venueId);
        access.require(Scope.VENUES_WRITE, id);
        if (validate != null && !validate.equals("only")) {
            throw Problem.invalid("/query/validate", "must be only, or be left out");
        }
        Venue wanted = VenueJson.read(id, body);
        Uni<OptionalLong> seen = seen(ifMatch, id);
        return validate == null
                ? seen.chain(version -> venues.put(wanted, version, access.venues()))
                        .map(put -> answer(put.venue(), put.made() ? 201 : 200))
                : seen.chain(version -> venues.validate(wanted, version, access.venues()))
                        .map(put -> Response.ok(VenueJson.write(put.venue())).build());
    }

    @DELETE
    @Path("/{venueId}")
    @Operation(operationId = "deleteVenue", summary = "Close a venue for good, once nobody is to come any more")
    public Uni<Response> delete(@PathParam("venueId") String venueId, @HeaderParam("If-Match") String ifMatch) {
        VenueId id = VenuePath.id(venueId);
        access.require(Scope.VENUES_WRITE, id);
        return seen(ifMatch, id)
                .chain(version -> venues.delete(id, version))
                .replaceWith(() -> Response.noContent().build());
    }

    private Uni<OptionalLong> seen(String ifMatch, VenueId id) {
        return EntityTags.version(ifMatch, () -> venues.get(id).map(Venue::version));
    }

    @GET
    @Path("/{venueId}")
    @Compressed
    @Operation(operationId = "getVenue", summary = "One venue")
    public Uni<Response> get(@PathParam("venueId") String venueId, @HeaderParam("If-None-Match") String ifNoneMatch) {
        return venues.get(VenuePath.id(venueId)).map(venue -> EntityTags.unlessKnown(ifNoneMatch, answer(venue, 200)));
    }

    @GET
    @Compressed
    @Operation(operationId = "listVenues", summary = "Venues in order of their ids, a page at a time")
    public Uni<Response> list(
            @QueryParam("fields") @DefaultValue("") String fields,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        int most = Parameters.integer("limit", limit, 1, MOST);
        if (!cursor.isEmpty() && !VenueId.isValid(cursor)) {
            throw Problem.invalid("/query/cursor", "is not one that a page has given");
        }
        boolean summaries = fields.equals("summary");
        if (!summaries && !fields.isEmpty()) {
            throw Problem.invalid("/query/fields", "must be summary, or be left out");
        }
        return venues.page(summaries, cursor, most)
                .map(page -> Response.ok(json(page)).build());
    }

    private static String json(VenueTable.Page page) {
        String next = page.mayGoOn() ? ",\"cursor\":\"" + page.last() + "\"" : "";
        return "{\"items\":[" + page.items() + "]" + next + "}";
    }

    private static Response answer(Venue venue, int status) {
        return Response.status(status)
                .header("ETag", EntityTags.of(venue.version()))
                .entity(VenueJson.write(venue))
                .build();
    }

    private static VenueId id(String value) {
        if (!VenueId.isValid(value)) {
            throw Problem.invalid("/path/venueId", "must be 1 to 63 of a-z, 0-9 and -, not starting with -");
        }
        return new VenueId(value);
    }
}
