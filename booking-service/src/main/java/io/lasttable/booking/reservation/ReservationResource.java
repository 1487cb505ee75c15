package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationPatch;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.GuestChanges;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One reservation over REST. */
@Path("/v1/reservations/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ReservationResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final DayQueue days;
    private final Ledger ledger;
    private final Access access;
    private final ReservationAnswers answers;
    private final Idempotency idempotency;
    private final Venues venues;
    private final ReservationLookup lookup;
    private final Allowances allowances;

    ReservationResource(
            DayQueue days,
            Ledger ledger,
            Access access,
            ReservationAnswers answers,
            Idempotency idempotency,
            Venues venues,
            ReservationLookup lookup,
            Allowances allowances) {
        this.allowances = allowances;
        this.days = days;
        this.ledger = ledger;
        this.access = access;
        this.answers = answers;
        this.idempotency = idempotency;
        this.venues = venues;
        this.lookup = lookup;
    }

    @GET
    @Operation(operationId = "getReservation", summary = "One reservation")
    public Uni<Response> get(
            @PathParam("id") String id,
            @HeaderParam("Lasttable-Watch-Token") String watchToken,
            @HeaderParam(ManageTokens.HEADER) String manageToken,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        if (watchToken != null && manageToken == null) {
            return lookup.watched(id, watchToken)
                    .map(ReservationAnswers::publicly)
                    .map(found -> EntityTags.unlessKnown(ifNoneMatch, found));
        }
        return lookup.own(id, manageToken, Scope.RESERVATIONS_READ)
                .chain(reservation -> access.isGuest()
                        ? own(reservation)
                        : Uni.createFrom()
                                .item(EntityTags.unlessKnown(ifNoneMatch, answers.ok(reservation, Sight.of(access)))));
    }

    /** What the guest may do is the house's to change, so that it is always told. */
    private Uni<Response> own(Reservation reservation) {
        return venues.get(reservation.venueId())
                .map(venue -> answers.own(reservation, allowed(venue.guestChanges(), reservation.startsAt())));
    }

    private static Map<String, String> allowed(GuestChanges house, Instant start) {
        Map<String, String> allowed = new LinkedHashMap<>();
        for (GuestChanges.Action action : GuestChanges.Action.values()) {
            house.until(action, start).ifPresent(until -> allowed.put(action.label(), until.toString()));
        }
        return allowed;
    }

    @PATCH
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeReservation",
            summary =
                    "Change date, time, party size, area, tables, end, guest or note; the old tables are kept until new ones are won")
    public Uni<Response> patch(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam(ManageTokens.HEADER) String manageToken,
            String body) {
        if (manageToken == null) {
            access.require(Scope.RESERVATIONS_WRITE);
        }
        EntityTags seen = seen(ifMatch);
        return lookup.own(id, manageToken, Scope.RESERVATIONS_WRITE)
                .chain(reservation -> ledger.countryOfNumbers(reservation.venueId(), body)
                        .map(country -> PatchJson.read(body, country))
                        .invoke(patch -> check(patch, reservation.venueId()))
                        .chain(patch -> amend(reservation, patch, seen, body)));
    }

    private static EntityTags seen(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of the reservation as you read it.");
        }
        return EntityTags.ifMatch(ifMatch);
    }

    /** What a guest may change by their link, the day says; that they ask for others' contacts is bounded here. */
    private void check(ReservationPatch patch, VenueId venue) {
        if (!patch.overrides().isEmpty()) {
            if (access.isGuest()) {
                throw Problem.of(Problem.Type.FORBIDDEN, "Limits are for the house to set aside.");
            }
            access.require(Scope.RESERVATIONS_OVERRIDE, venue);
        }
        if (access.isGuest() && patch.guest().isPresent()) {
            naming(venue);
        }
    }

    private void naming(VenueId venue) {
        Allowances.Taken contact = allowances.take(Allowances.Kind.GUEST_CONTACTS, venue);
        assert contact != null;
    }

    /** Where it is may change until the lock is held; the day then says so, and is asked again. */
    private Uni<Response> amend(Reservation reservation, ReservationPatch patch, EntityTags seen, String body) {
        LocalDate to = patch.date().orElse(reservation.date());
        DayKey goes = new DayKey(reservation.venueId(), to);
        return once(
                        reservation,
                        body,
                        new Command.Amend(reservation.id(), patch, seen.version(reservation.version())),
                        asked -> days.ask(DayKey.both(reservation.day(), goes), asked),
                        Sight.of(access, patch))
                .onFailure(ExternalIdTaken.class)
                .transform(taken -> Problem.of(
                        Problem.Type.EXTERNAL_ID_TAKEN, "Another reservation of the venue has this externalId."));
    }

    @POST
    @Path("/confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "confirmReservation",
            summary = "Make a hold a reservation; one that has run out is confirmed while its tables are free")
    public Uni<Response> confirm(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Lasttable-Watch-Token") String watchToken,
            String body) {
        Uni<Reservation> owned = lookup.owned(id, watchToken);
        EntityTags seen = EntityTags.ifMatch(ifMatch);
        return owned.invoke(hold -> {
                    if (access.isOfKey()) {
                        naming(hold.venueId());
                    }
                })
                .chain(hold -> ledger.countryOfNumbers(hold.venueId(), body)
                        .map(country -> ReservationJson.confirmation(body, country))
                        .chain(guest -> confirm(hold, guest, seen, body)));
    }

    private Uni<Response> confirm(Reservation hold, Optional<Guest> guest, EntityTags seen, String body) {
        requireGuest(hold, guest);
        return once(
                hold,
                body,
                new Command.Confirm(hold.id(), guest, seen.version(hold.version())),
                asked -> days.ask(hold.day(), asked),
                Sight.of(access, guest));
    }

    private static void requireGuest(Reservation hold, Optional<Guest> guest) {
        boolean confirmable = hold.status().next().contains(Status.CONFIRMED);
        if (confirmable && guest.isEmpty() && hold.guest().isEmpty()) {
            throw Problem.invalid("/guest", "is required");
        }
    }

    @POST
    @Path("/cancel")
    @Operation(operationId = "cancelReservation", summary = "Cancel; its tables are free at once")
    public Uni<Response> cancel(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam(ManageTokens.HEADER) String manageToken) {
        return turn(lookup.own(id, manageToken, Scope.RESERVATIONS_WRITE), ifMatch, Status.CANCELLED);
    }

    @POST
    @Path("/seat")
    @Operation(operationId = "seatReservation", summary = "The party has arrived")
    public Uni<Response> seat(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        return turn(lookup.allowed(id, Scope.RESERVATIONS_WRITE), ifMatch, Status.SEATED);
    }

    @POST
    @Path("/finish")
    @Operation(operationId = "finishReservation", summary = "The party has left; the rest of its turn is free at once")
    public Uni<Response> finish(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        return turn(lookup.allowed(id, Scope.RESERVATIONS_WRITE), ifMatch, Status.FINISHED);
    }

    @POST
    @Path("/no-show")
    @Operation(operationId = "noShowReservation", summary = "The party did not come; its tables are free at once")
    public Uni<Response> noShow(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        return turn(lookup.allowed(id, Scope.RESERVATIONS_WRITE), ifMatch, Status.NO_SHOW);
    }

    @POST
    @Path("/restore")
    @Operation(
            operationId = "restoreReservation",
            summary = "Take the last seat, finish, no-show or cancel back, while the tables are free")
    public Uni<Response> restore(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch) {
        EntityTags seen = EntityTags.ifMatch(ifMatch);
        return lookup.allowed(id, Scope.RESERVATIONS_WRITE)
                .chain(reservation -> once(
                        reservation,
                        "",
                        new Command.Restore(reservation.id(), seen.version(reservation.version())),
                        asked -> days.ask(reservation.day(), asked),
                        Sight.of(access)));
    }

    private Uni<Response> turn(Uni<Reservation> found, String ifMatch, Status to) {
        EntityTags seen = EntityTags.ifMatch(ifMatch);
        return found.chain(reservation -> once(
                reservation,
                "",
                new Command.Turn(reservation.id(), to, seen.version(reservation.version())),
                asked -> turn(reservation, to, asked),
                Sight.of(access)));
    }

    /** What the status forbids is refused from a look; what it allows goes straight to the day's queue. */
    private Uni<Decision> turn(Reservation reservation, Status to, Asked asked) {
        return reservation.status().next().contains(to)
                ? days.submit(reservation.day(), asked)
                : days.ask(reservation.day(), asked);
    }

    private Uni<Response> once(
            Reservation reservation, String body, Command command, Function<Asked, Uni<Decision>> ask, Sight sight) {
        return idempotency.decide(reservation.venueId(), body, command, ask, answers.changed(sight));
    }
}
