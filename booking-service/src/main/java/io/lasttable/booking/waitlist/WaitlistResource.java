package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.daybook.Requester;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ReservationAnswers;
import io.lasttable.booking.reservation.Sight;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One waitlist entry over REST. */
@Path("/v1/waitlist/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class WaitlistResource {

    private final DayQueue days;
    private final Ledger ledger;
    private final Access access;
    private final WaitlistAnswers answers;
    private final ReservationAnswers reservations;
    private final Idempotency idempotency;
    private final WaitlistLookup lookup;

    WaitlistResource(
            DayQueue days,
            Ledger ledger,
            Access access,
            WaitlistAnswers answers,
            ReservationAnswers reservations,
            Idempotency idempotency,
            WaitlistLookup lookup) {
        this.days = days;
        this.ledger = ledger;
        this.access = access;
        this.answers = answers;
        this.reservations = reservations;
        this.idempotency = idempotency;
        this.lookup = lookup;
    }

    @GET
    @Operation(operationId = "getWaitlistEntry", summary = "One waitlist entry")
    public Uni<Response> get(
            @PathParam("id") String id,
            @HeaderParam("Lasttable-Watch-Token") String watchToken,
            @HeaderParam(ManageTokens.HEADER) String manageToken,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        boolean watches = watchToken != null && manageToken == null;
        Uni<WaitlistEntry> found =
                watches ? lookup.watched(id, watchToken) : lookup.own(id, manageToken, Scope.RESERVATIONS_READ);
        return found.chain(entry -> ledger.position(entry).map(position -> {
            Response answer =
                    watches ? WaitlistAnswers.publicly(entry, position) : answers.ok(entry, position, Sight.of(access));
            return position.isPresent() ? answer : EntityTags.unlessKnown(ifNoneMatch, answer);
        }));
    }

    @PATCH
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeWaitlistEntry",
            summary = "Change its place in line, or what your own system keeps with it")
    public Uni<Response> patch(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, String body) {
        access.require(Scope.RESERVATIONS_WRITE);
        EntityTags seen = seen(ifMatch);
        return lookup.own(id, null, Scope.RESERVATIONS_WRITE)
                .chain(entry -> relist(entry, seen, body))
                .onFailure(ExternalIdTaken.class)
                .transform(taken -> VenueWaitlistResource.externalIdTaken());
    }

    private static EntityTags seen(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the entry as you read it.");
        }
        return EntityTags.ifMatch(ifMatch);
    }

    private Uni<Response> relist(WaitlistEntry entry, EntityTags seen, String body) {
        Command.Relist command = EntryPatchJson.read(entry.id(), body, seen.version(entry.version()));
        Sight sight = Sight.of(access);
        return idempotency.decide(
                entry.venueId(), body, command, asked -> days.ask(entry.day(), asked), answers.changed(sight));
    }

    @DELETE
    @Operation(
            operationId = "leaveWaitlist",
            summary = "Leave the waitlist; what was offered passes to the next in line")
    public Uni<Response> leave(@PathParam("id") String id, @HeaderParam(ManageTokens.HEADER) String manageToken) {
        return lookup.own(id, manageToken, Scope.RESERVATIONS_WRITE)
                .chain(entry -> days.ask(entry.day(), Asked.of(new Command.Leave(entry.id()), Requester.of(access))))
                .map(WaitlistAnswers::listed)
                .map(entry -> answers.ok(entry, Sight.of(access)));
    }

    @POST
    @Path("/accept")
    @Operation(operationId = "acceptOffer", summary = "Take what was offered: the answer is the confirmed reservation")
    public Uni<Response> accept(@PathParam("id") String id, @HeaderParam(ManageTokens.HEADER) String manageToken) {
        return lookup.own(id, manageToken, Scope.RESERVATIONS_WRITE)
                .chain(entry -> idempotency.decide(
                        entry.venueId(),
                        "",
                        new Command.Accept(entry.id(), offered(entry)),
                        asked -> days.ask(entry.day(), asked),
                        reservations.changed(Sight.of(access))));
    }

    private static UUID offered(WaitlistEntry entry) {
        return entry.offer().map(WaitlistEntry.Offer::reservationId).orElse(entry.id());
    }
}
