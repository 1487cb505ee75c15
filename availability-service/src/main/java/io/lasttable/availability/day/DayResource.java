package io.lasttable.availability.day;

import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.problem.ProblemException;
import io.lasttable.availability.problem.ProblemResponses;
import io.lasttable.availability.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * One day: for a party, or whole.
 *
 * <p>The ETag is the day's version. The body also changes as time takes slots away, so a 304 is given only while none of
 * the version's slots has passed: until then every body of that version was the same.
 */
@Path("/v1/venues/{venueId}")
@Produces(MediaType.APPLICATION_JSON)
class DayResource {

    private final Days days;
    private final Venues venues;
    private final Freshness freshness;
    private final Clock clock;

    DayResource(Days days, Venues venues, Freshness freshness, Clock clock) {
        this.days = days;
        this.venues = venues;
        this.freshness = freshness;
        this.clock = clock;
    }

    @GET
    @Path("/availability")
    @Operation(operationId = "getAvailability", summary = "The slots that a party can book on a day")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = Availability.class),
                            examples = @ExampleObject(name = "twoSlots", value = Availability.EXAMPLE)))
    @APIResponse(responseCode = "304", description = "The day still has the version of If-None-Match")
    @APIResponse(responseCode = "400", ref = ProblemResponses.BAD_INPUT)
    @APIResponse(responseCode = "404", ref = ProblemResponses.UNKNOWN)
    @APIResponse(responseCode = "429", ref = ProblemResponses.RATE_LIMITED)
    @APIResponse(responseCode = "503", ref = ProblemResponses.OVERLOADED)
    public Uni<Response> availability(
            @PathParam("venueId") @Parameter(example = "chez-nous") String venueId,
            @QueryParam("date") @Parameter(example = "2026-11-28", required = true) String date,
            @QueryParam("partySize") @Parameter(example = "2", required = true) String partySize,
            @QueryParam("minVersion")
                    @Parameter(description = "waits up to 300 ms for this version, then answers with stale: true")
                    String minVersion,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String ifNoneMatch) {
        DayRequest request = DayRequest.of(venueId, date, partySize, minVersion);
        return days.find(request.key(), request.minVersion())
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(answer(request, found.get(), ifNoneMatch))
                        : notFound(request));
    }

    @GET
    @Path("/days/{date}")
    @Operation(operationId = "getDay", summary = "The whole day, exactly as published in Kafka")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = PublishedDay.class),
                            examples = @ExampleObject(name = "oneSlot", value = PublishedDay.EXAMPLE)))
    @APIResponse(responseCode = "304", description = "The day still has the version of If-None-Match")
    @APIResponse(responseCode = "400", ref = ProblemResponses.BAD_INPUT)
    @APIResponse(responseCode = "404", ref = ProblemResponses.UNKNOWN)
    @APIResponse(responseCode = "429", ref = ProblemResponses.RATE_LIMITED)
    @APIResponse(responseCode = "503", ref = ProblemResponses.OVERLOADED)
    public Uni<Response> day(
            @PathParam("venueId") @Parameter(example = "chez-nous") String venueId,
            @PathParam("date") @Parameter(example = "2026-11-28") String date,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String ifNoneMatch) {
        DayKey key = DayRequest.key(venueId, date);
        return days.find(key)
                .chain(found ->
                        found.isPresent() ? Uni.createFrom().item(document(found.get(), ifNoneMatch)) : missing(key));
    }

    private Response answer(DayRequest request, StoredDay stored, String ifNoneMatch) {
        Instant now = clock.instant();
        Day day = DayDocument.readFor(request.party(), stored.document());
        boolean stale = stored.version() < request.minVersion() || freshness.isStale();
        if (stale) {
            return freshness.uncached(Availability.of(request, day, true, now)).build();
        }
        if (!day.hasPassedSlots(now) && EntityTags.match(ifNoneMatch, stored.version())) {
            return freshness.unchanged().tag(EntityTags.of(stored.version())).build();
        }
        return freshness
                .cached(Availability.of(request, day, false, now))
                .tag(EntityTags.of(stored.version()))
                .build();
    }

    private Response document(StoredDay stored, String ifNoneMatch) {
        Response.ResponseBuilder answer = EntityTags.match(ifNoneMatch, stored.version())
                ? freshness.unchanged()
                : freshness.cached(stored.document());
        return answer.tag(EntityTags.of(stored.version())).build();
    }

    private Uni<Response> notFound(DayRequest request) {
        if (request.minVersion() == 0) {
            return missing(request.key());
        }
        Availability notYet = Availability.notYet(request);
        return venues.mustExist(request.key().venue())
                .map(exists -> freshness.uncached(notYet).build());
    }

    private Uni<Response> missing(DayKey key) {
        return venues.mustExist(key.venue()).map(exists -> {
            throw new ProblemException(Availability.unknownDay(key));
        });
    }
}
