package io.lasttable.booking.reservation;

import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One reservation for the guest's own calendar. The guest's link is taken in an address of before {@link OwnCalendarAddress}. */
@Path("/v1/reservations/{id}/calendar.ics")
public class OwnCalendarResource {

    private final ReservationLookup lookup;
    private final GuestCalendar calendar;

    OwnCalendarResource(ReservationLookup lookup, GuestCalendar calendar) {
        this.lookup = lookup;
        this.calendar = calendar;
    }

    @GET
    @Produces("text/calendar")
    @Operation(operationId = "getReservationEvent", summary = "One reservation as an iCalendar event (RFC 5545)")
    public Uni<Response> calendar(
            @PathParam("id") String id,
            @HeaderParam(ManageTokens.HEADER) String header,
            @QueryParam("manageToken") String parameter) {
        return lookup.own(id, header == null ? parameter : header, Scope.RESERVATIONS_READ)
                .chain(calendar::answer);
    }
}
