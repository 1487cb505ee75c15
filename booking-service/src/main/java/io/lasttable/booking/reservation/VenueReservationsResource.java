package io.lasttable.booking.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The reservations and holds of one venue over REST. */
@Path("/v1/venues/{venueId}")
@Produces(MediaType.APPLICATION_JSON)
public class VenueReservationsResource {

    private final Booking booking;
    private final DayBook book;
    private final Access access;
    private final Answers answers;
    private final Idempotency idempotency;

    VenueReservationsResource(Booking booking, DayBook book, Access access, Answers answers, Idempotency idempotency) {
        this.idempotency = idempotency;
        this.booking = booking;
        this.book = book;
        this.access = access;
        this.answers = answers;
    }

    @POST
    @Path("/reservations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createReservation", summary = "Book a table: 201 with the reservation, or a refusal")
    public Uni<Response> create(@PathParam("venueId") String venueId, String body) throws JsonProcessingException {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_WRITE);
        return once(venue, body, ReservationJson.booking(body));
    }

    @POST
    @Path("/holds")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createHold", summary = "Keep a table for a while, to be confirmed")
    public Uni<Response> hold(@PathParam("venueId") String venueId, String body) throws JsonProcessingException {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_WRITE);
        return once(venue, body, ReservationJson.hold(body));
    }

    private Uni<Response> once(VenueId venue, String body, BookingOrder order) {
        return booking.date(venue, order)
                .chain(date -> idempotency.decide(
                        venue, body, order.on(date), request -> booking.book(venue, order, request), answers::created));
    }

    @GET
    @Path("/reservations")
    @Operation(operationId = "listReservations", summary = "Reservations by date and start, a page at a time")
    public Uni<Response> list(
            @PathParam("venueId") String venueId,
            @QueryParam("date") String date,
            @QueryParam("status") List<String> status,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        var page = Pages.page(venue, date, status, cursor, limit);
        return book.page(page)
                .call(found -> found.isEmpty()
                        ? booking.requireVenue(venue)
                        : Uni.createFrom().voidItem())
                .map(found ->
                        Response.ok(Pages.json(page, found, answers).encode()).build());
    }

    private VenueId allowed(String venueId, Scope scope) {
        if (!VenueId.isValid(venueId)) {
            throw Problem.of(Problem.Type.UNKNOWN_VENUE, "There is no such venue.");
        }
        VenueId venue = new VenueId(venueId);
        access.require(scope, venue);
        return venue;
    }
}
