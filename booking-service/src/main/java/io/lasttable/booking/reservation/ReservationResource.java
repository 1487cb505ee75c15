package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayBook;
import io.lasttable.booking.day.DayQueue;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Reservations over REST. */
@Path("/v1/reservations/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ReservationResource {

    private final DayQueue days;
    private final DayBook book;
    private final Access access;
    private final Answers answers;

    ReservationResource(DayQueue days, DayBook book, Access access, Answers answers) {
        this.days = days;
        this.book = book;
        this.access = access;
        this.answers = answers;
    }

    @GET
    @Operation(operationId = "getReservation", summary = "One reservation")
    public Uni<Response> get(@PathParam("id") String id) {
        return known(id, Scope.RESERVATIONS_READ).map(reservation -> answers.ok(reservation));
    }

    @POST
    @Path("/cancel")
    @Operation(operationId = "cancelReservation", summary = "Cancel; its tables are free at once")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return known(id, Scope.RESERVATIONS_WRITE)
                .chain(reservation -> days.submit(
                        reservation.day(),
                        Request.of(new Command.Turn(reservation.id(), Status.CANCELLED, OptionalLong.empty()))))
                .map(Answers::accepted)
                .map(reservation -> answers.ok(reservation));
    }

    private Uni<Reservation> known(String id, Scope scope) {
        return book.reservation(uuid(id))
                .map(found -> found.orElseThrow(ReservationResource::unknown))
                .invoke(reservation -> access.require(scope, reservation.venueId()));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_RESERVATION, "There is no such reservation.");
    }
}
