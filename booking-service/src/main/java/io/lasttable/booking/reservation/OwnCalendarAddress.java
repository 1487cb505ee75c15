package io.lasttable.booking.reservation;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * One reservation for calendar programs, which send no headers and keep the address that they are given: it has a token of its own, with
 * which nothing can be changed, and is under the path of all secret addresses, which are never traced.
 */
@Path("/v1/calendar/reservations/{token}.ics")
public class OwnCalendarAddress {

    private final ReservationLookup lookup;
    private final GuestCalendar calendar;

    OwnCalendarAddress(ReservationLookup lookup, GuestCalendar calendar) {
        this.lookup = lookup;
        this.calendar = calendar;
    }

    static String of(String calendarToken) {
        return "/v1/calendar/reservations/" + calendarToken + ".ics";
    }

    @GET
    @Produces("text/calendar")
    @Operation(
            operationId = "getOwnEvent",
            summary = "One reservation as an iCalendar event, by its guest's secret address")
    public Uni<Response> calendar(@PathParam("token") String token) {
        return lookup.ofCalendar(token).chain(calendar::answer);
    }
}
