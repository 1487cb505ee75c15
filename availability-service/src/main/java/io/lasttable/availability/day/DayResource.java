package io.lasttable.availability.day;

import io.lasttable.availability.freshness.AsOf;
import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.problem.ProblemException;
import io.lasttable.availability.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;

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
    public Uni<Response> availability(
            @PathParam("venueId") String venueId,
            @QueryParam("date") String date,
            @QueryParam("partySize") String partySize,
            @QueryParam("minVersion") String minVersion,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch,
            @Context UriInfo uri) {
        DayRequest request = DayRequest.of(uri.getQueryParameters(), venueId, date, partySize, minVersion);
        AsOf asOf = freshness.asOf();
        return days.find(request.key(), request.minVersion())
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(answer(request, found.get(), ifNoneMatch, asOf))
                        : notFound(request, asOf));
    }

    @GET
    @Path("/days/{date}")
    public Uni<Response> day(
            @PathParam("venueId") String venueId,
            @PathParam("date") String date,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch,
            @Context UriInfo uri) {
        DayKey key = DayRequest.key(uri.getQueryParameters(), venueId, date);
        AsOf asOf = freshness.asOf();
        return days.find(key)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(document(found.get(), ifNoneMatch, asOf))
                        : missing(key));
    }

    private Response answer(DayRequest request, StoredDay stored, String ifNoneMatch, AsOf asOf) {
        Instant now = clock.instant();
        Day day = DayDocument.readFor(request.party(), stored.document());
        boolean stale = stored.version() < request.minVersion() || asOf.isStale();
        if (stale) {
            return asOf.uncached(Availability.of(request, day, true, now)).build();
        }
        if (!day.hasPassedSlots(now) && EntityTags.match(ifNoneMatch, stored.version())) {
            return asOf.unchanged().tag(EntityTags.of(stored.version())).build();
        }
        return asOf.cached(Availability.of(request, day, false, now))
                .tag(EntityTags.of(stored.version()))
                .build();
    }

    private Response document(StoredDay stored, String ifNoneMatch, AsOf asOf) {
        Response.ResponseBuilder answer =
                EntityTags.match(ifNoneMatch, stored.version()) ? asOf.unchanged() : asOf.cached(stored.document());
        return answer.tag(EntityTags.of(stored.version())).build();
    }

    private Uni<Response> notFound(DayRequest request, AsOf asOf) {
        if (request.minVersion() == 0) {
            return missing(request.key());
        }
        Availability notYet = Availability.notYet(request);
        return venues.mustExist(request.key().venue())
                .map(exists -> asOf.uncached(notYet).build());
    }

    private Uni<Response> missing(DayKey key) {
        return venues.mustExist(key.venue()).map(exists -> {
            throw new ProblemException(Availability.unknownDay(key));
        });
    }
}
