package io.lasttable.availability.calendar;

import io.lasttable.availability.freshness.AsOf;
import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.load.DearReads;
import io.lasttable.availability.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;

/** Up to a year of one venue, from the published days alone. */
@Path("/v1/venues/{venueId}/calendar")
@Produces(MediaType.APPLICATION_JSON)
class CalendarResource {

    private final OpenDays openDays;
    private final Venues venues;
    private final Freshness freshness;
    private final DearReads dearReads;
    private final Clock clock;

    CalendarResource(OpenDays openDays, Venues venues, Freshness freshness, DearReads dearReads, Clock clock) {
        this.openDays = openDays;
        this.venues = venues;
        this.freshness = freshness;
        this.dearReads = dearReads;
        this.clock = clock;
    }

    @GET
    public Uni<Response> calendar(
            @PathParam("venueId") String venueId,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("partySize") String partySize,
            @Context UriInfo uri) {
        CalendarRequest request = CalendarRequest.of(uri.getQueryParameters(), venueId, from, to, partySize);
        AsOf asOf = freshness.asOf();
        return dearReads
                .run(() -> openDays.find(request, clock.instant()))
                .call(days -> days.isEmpty()
                        ? venues.mustExist(request.venue())
                        : Uni.createFrom().voidItem())
                .map(days -> answer(request, days, asOf));
    }

    private static Response answer(CalendarRequest request, List<Calendar.OpenDay> days, AsOf asOf) {
        return asOf.cached(Calendar.of(request, asOf.isStale(), days)).build();
    }
}
