package io.lasttable.availability.calendar;

import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.problem.ProblemResponses;
import io.lasttable.availability.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Up to a year of one venue, from the published days alone. */
@Path("/v1/venues/{venueId}/calendar")
@Produces(MediaType.APPLICATION_JSON)
class CalendarResource {

    private final OpenDays openDays;
    private final Venues venues;
    private final Freshness freshness;
    private final Clock clock;

    CalendarResource(OpenDays openDays, Venues venues, Freshness freshness, Clock clock) {
        this.openDays = openDays;
        this.venues = venues;
        this.freshness = freshness;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getCalendar",
            summary = "How many slots are open on each day of a range, at most 366 days")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = Calendar.class),
                            examples = @ExampleObject(name = "twoDays", value = Calendar.EXAMPLE)))
    @APIResponse(responseCode = "400", ref = ProblemResponses.BAD_INPUT)
    @APIResponse(responseCode = "404", ref = ProblemResponses.UNKNOWN)
    @APIResponse(responseCode = "429", ref = ProblemResponses.RATE_LIMITED)
    @APIResponse(responseCode = "503", ref = ProblemResponses.OVERLOADED)
    public Uni<Response> calendar(
            @PathParam("venueId") @Parameter(example = "chez-nous") String venueId,
            @QueryParam("from") @Parameter(example = "2026-11-01", required = true) String from,
            @QueryParam("to") @Parameter(example = "2026-11-30", required = true) String to,
            @QueryParam("partySize") @Parameter(example = "2", required = true) String partySize) {
        CalendarRequest request = CalendarRequest.of(venueId, from, to, partySize);
        return openDays.find(request, clock.instant())
                .call(days -> days.isEmpty()
                        ? venues.mustExist(request.venue())
                        : Uni.createFrom().voidItem())
                .map(days -> answer(request, days));
    }

    private Response answer(CalendarRequest request, List<Calendar.OpenDay> days) {
        return freshness.cached(Calendar.of(request, freshness.isStale(), days)).build();
    }
}
