package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.daybook.WaitlistPage;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.Sight;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The waitlist of a venue: who is in it, and joining it. */
@Path("/v1/venues/{venueId}/waitlist")
@Produces(MediaType.APPLICATION_JSON)
public class VenueWaitlistResource {

    private final DayQueue days;
    private final Ledger ledger;
    private final Access access;
    private final WaitlistAnswers answers;
    private final Idempotency idempotency;
    private final Allowances allowances;
    private final Venues venues;

    VenueWaitlistResource(
            DayQueue days,
            Ledger ledger,
            Access access,
            WaitlistAnswers answers,
            Idempotency idempotency,
            Allowances allowances,
            Venues venues) {
        this.venues = venues;
        this.idempotency = idempotency;
        this.allowances = allowances;
        this.days = days;
        this.ledger = ledger;
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
        access.requireBooking(venue);
        return ledger.countryOfNumbers(venue, body)
                .map(country -> WaitlistJson.join(body, country))
                .invoke(command -> check(command.labels()))
                .chain(command -> join(venue, command, body));
    }

    private void check(Labels labels) {
        if (access.booksAsGuest() && !labels.equals(Labels.NONE)) {
            throw Problem.of(Problem.Type.FORBIDDEN, "Who waits as a guest sends neither externalId nor metadata.");
        }
    }

    @GET
    @Operation(
            operationId = "listWaitlist",
            summary = "Who waits and has waited, in the order of the line, a page at a time")
    public Uni<String> list(@PathParam("venueId") String venueId, @BeanParam LineFilters filters) {
        VenueId venue = VenuePath.id(venueId);
        access.require(Scope.RESERVATIONS_READ, venue);
        WaitlistPage.Search search = filters.search(venue, DatabaseClock.UTC.today());
        return ledger.line(search)
                .call(found -> found.entries().isEmpty()
                        ? venues.require(venue)
                        : Uni.createFrom().voidItem())
                .map(found -> Json.write(answers.page(found, search.limit(), Sight.of(access))));
    }

    private Uni<Response> join(VenueId venue, Command.Join command, String body) {
        DayKey day = new DayKey(venue, command.wish().date());
        Allowances.Taken place = allowances.take(
                access.isOfKey() ? Allowances.Kind.GUEST_BOOKINGS : Allowances.Kind.WAITLIST_ENTRIES, venue);
        return idempotency
                .decide(venue, body, command, asked -> days.ask(day, asked), answers.created(Sight.of(access)))
                .onFailure(Allowances::costsNothing)
                .invoke(place::giveBack)
                .onFailure(ExternalIdTaken.class)
                .transform(taken -> externalIdTaken());
    }

    static Problem externalIdTaken() {
        return Problem.of(Problem.Type.EXTERNAL_ID_TAKEN, "Another waitlist entry of the venue has this externalId.");
    }
}
