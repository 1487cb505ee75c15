package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.Sight;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Joining the waitlist of a venue. */
@Path("/v1/venues/{venueId}/waitlist")
@Produces(MediaType.APPLICATION_JSON)
public class VenueWaitlistResource {

    private final DayQueue days;
    private final DayBook book;
    private final Access access;
    private final WaitlistAnswers answers;
    private final Idempotency idempotency;
    private final Allowances allowances;

    VenueWaitlistResource(
            DayQueue days,
            DayBook book,
            Access access,
            WaitlistAnswers answers,
            Idempotency idempotency,
            Allowances allowances) {
        this.idempotency = idempotency;
        this.allowances = allowances;
        this.days = days;
        this.book = book;
        this.access = access;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "joinWaitlist",
            summary = "Wait for a table; one that is free already is offered in the answer")
    public Uni<Response> join(@PathParam("venueId") String venueId, String body) {
        VenueId venue = VenuePath.id(venueId);
        access.require(Scope.RESERVATIONS_WRITE, venue);
        return book.countryOfNumbers(venue, body)
                .map(country -> WaitlistJson.join(body, country))
                .chain(command -> join(venue, command, body));
    }

    private Uni<Response> join(VenueId venue, Command.Join command, String body) {
        DayKey day = new DayKey(venue, command.wish().date());
        Allowances.Taken place = allowances.take(Allowances.Kind.WAITLIST_ENTRIES, venue);
        return idempotency
                .decide(venue, body, command, asked -> days.ask(day, asked), answers.created(Sight.of(access)))
                .onFailure()
                .invoke(place::giveBack)
                .onFailure(ExternalIdTaken.class)
                .transform(taken -> Problem.of(
                        Problem.Type.EXTERNAL_ID_TAKEN, "Another waitlist entry of the venue has this externalId."));
    }
}
