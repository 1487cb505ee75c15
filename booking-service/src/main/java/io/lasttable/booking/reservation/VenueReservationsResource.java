package io.lasttable.booking.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayQueue;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The reservations of one venue over REST. */
@Path("/v1/venues/{venueId}/reservations")
@Produces(MediaType.APPLICATION_JSON)
public class VenueReservationsResource {

    private final DayQueue days;
    private final Access access;
    private final Answers answers;

    VenueReservationsResource(DayQueue days, Access access, Answers answers) {
        this.days = days;
        this.access = access;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createReservation", summary = "Book a table: 201 with the reservation, or a refusal")
    public Uni<Response> create(@PathParam("venueId") String venueId, String body) throws JsonProcessingException {
        if (!VenueId.isValid(venueId)) {
            throw Problem.of(Problem.Type.UNKNOWN_VENUE, "There is no such venue.");
        }
        VenueId venue = new VenueId(venueId);
        access.require(Scope.RESERVATIONS_WRITE, venue);
        Command.Book command = ReservationJson.book(body);
        DayKey day = new DayKey(venue, command.wish().date());
        return days.ask(day, Request.of(command)).map(Answers::accepted).map(answers::created);
    }
}
