package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Lookup;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ReservationAnswers;
import io.lasttable.booking.reservation.Sight;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
    private final Access access;
    private final WaitlistAnswers answers;
    private final ReservationAnswers reservations;
    private final Idempotency idempotency;
    private final Lookup<WaitlistEntry> lookup;

    WaitlistResource(
            DayQueue days,
            DayBook book,
            Access access,
            WatchTokens watchTokens,
            WaitlistAnswers answers,
            ReservationAnswers reservations,
            Idempotency idempotency) {
        this.idempotency = idempotency;
        this.days = days;
        this.access = access;
        this.answers = answers;
        this.reservations = reservations;
        this.lookup = new Lookup<>(
                access,
                watchTokens,
                Kind.WAITLIST,
                book::entry,
                entry -> new Watched(Kind.WAITLIST, entry.id(), entry.venueId()),
                WaitlistResource::unknown);
    }

    @GET
    @Operation(operationId = "getWaitlistEntry", summary = "One waitlist entry")
    public Uni<Response> get(
            @PathParam("id") String id,
            @HeaderParam("Lasttable-Watch-Token") String watchToken,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        Uni<Response> answer = watchToken == null
                ? lookup.allowed(id, Scope.RESERVATIONS_READ).map(answers::ok)
                : lookup.watched(id, watchToken).map(WaitlistAnswers::publicly);
        return answer.map(found -> EntityTags.unlessKnown(ifNoneMatch, found));
    }

    @DELETE
    @Operation(
            operationId = "leaveWaitlist",
            summary = "Leave the waitlist; what was offered passes to the next in line")
    public Uni<Response> leave(@PathParam("id") String id) {
        return lookup.allowed(id, Scope.RESERVATIONS_WRITE)
                .chain(entry -> days.ask(entry.day(), Asked.of(new Command.Leave(entry.id()))))
                .map(WaitlistAnswers::listed)
                .map(entry -> answers.ok(entry, Sight.of(access)));
    }

    @POST
    @Path("/accept")
    @Operation(operationId = "acceptOffer", summary = "Take what was offered: the answer is the confirmed reservation")
    public Uni<Response> accept(@PathParam("id") String id) {
        return lookup.allowed(id, Scope.RESERVATIONS_WRITE)
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

    private static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_WAITLIST_ENTRY, "There is no such waitlist entry.");
    }
}
