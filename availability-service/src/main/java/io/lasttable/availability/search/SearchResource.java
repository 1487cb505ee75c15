package io.lasttable.availability.search;

import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.problem.ProblemResponses;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Venues with a table around the wanted time: nearest first, then by time difference. */
@Path("/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
class SearchResource {

    private final Search search;
    private final Freshness freshness;
    private final Clock clock;

    SearchResource(Search search, Freshness freshness, Clock clock) {
        this.search = search;
        this.freshness = freshness;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "searchAvailability",
            summary = "Venues near a place or in a city with open slots nearest to a time")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = Found.class),
                            examples = @ExampleObject(name = "onePage", value = Found.EXAMPLE)))
    @APIResponse(responseCode = "400", ref = ProblemResponses.BAD_INPUT)
    @APIResponse(responseCode = "429", ref = ProblemResponses.RATE_LIMITED)
    @APIResponse(responseCode = "503", ref = ProblemResponses.OVERLOADED)
    public Uni<Response> search(@BeanParam SearchParameters parameters) {
        SearchRequest request = SearchRequest.of(parameters);
        return search.find(request, clock.instant(), freshness.isStale())
                .map(found -> freshness.cached(found).build());
    }
}
