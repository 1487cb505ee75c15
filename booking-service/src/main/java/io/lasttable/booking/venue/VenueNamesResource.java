package io.lasttable.booking.venue;

import io.lasttable.booking.problem.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a list to choose from needs of each venue: a page over a slow line does not wait for floor plans and schedules. */
@Path("/v1/venue-names")
@Produces(MediaType.APPLICATION_JSON)
public class VenueNamesResource {

    private final Venues venues;

    VenueNamesResource(Venues venues) {
        this.venues = venues;
    }

    @GET
    @Operation(operationId = "listVenueNames", summary = "What a list to choose from needs of each venue")
    public Uni<Response> list(
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        int most = Parameters.integer("limit", limit, 1, VenueResource.MOST);
        return venues.page(VenueTable.View.NAMES, VenueResource.cursor(cursor), most)
                .map(page -> Response.ok(VenueResource.page(page, most)).build());
    }
}
