package io.lasttable.booking.calendar;

import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.reservation.VenueCalendar;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What calendar programs read, which know an address and nothing else. No log, trace or metric repeats it. */
@Path("/v1/calendar/{secret}.ics")
public class CalendarFeedResource {

    private final CalendarLinks links;
    private final VenueCalendar calendar;
    private final FeedReads reads;

    CalendarFeedResource(CalendarLinks links, VenueCalendar calendar, FeedReads reads) {
        this.links = links;
        this.calendar = calendar;
        this.reads = reads;
    }

    @GET
    @Compressed
    @Produces("text/calendar")
    @Operation(operationId = "getCalendarFeed", summary = "A venue's reservations for calendar programs (RFC 5545)")
    public Uni<Response> feed(
            @PathParam("secret") String address,
            @QueryParam("from") String from,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        Secret secret = Secret.read(address).orElseThrow(CalendarLinks::unknown);
        Optional<LocalDate> first = Parameters.date("from", from);
        reads.take(secret);
        return links.find(secret)
                .chain(link ->
                        calendar.answer(new VenueId(link.venueId), first, shown(link), secret.address(), ifNoneMatch));
    }

    private static VenueCalendar.Shown shown(CalendarLink link) {
        return new VenueCalendar.Shown(Optional.of(link.name), Optional.ofNullable(link.area), link.guestNames);
    }
}
