package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.daybook.ReservationSearch;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.vertx.http.Compressed;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The reservations and holds of one venue over REST. */
@Path("/v1/venues/{venueId}")
@Produces(MediaType.APPLICATION_JSON)
public class VenueReservationsResource {

    private final BookTable bookTable;
    private final Allowances allowances;
    private final Venues venues;
    private final Ledger ledger;
    private final Access access;
    private final ReservationAnswers answers;

    VenueReservationsResource(
            BookTable bookTable,
            Allowances allowances,
            Venues venues,
            Ledger ledger,
            Access access,
            ReservationAnswers answers) {
        this.bookTable = bookTable;
        this.allowances = allowances;
        this.venues = venues;
        this.ledger = ledger;
        this.access = access;
        this.answers = answers;
    }

    @POST
    @Path("/reservations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createReservation", summary = "Book a table: 201 with the reservation, or a refusal")
    public Uni<Response> create(@PathParam("venueId") String venueId, String body) {
        VenueId venue = bookable(venueId);
        return ledger.countryOfNumbers(venue, body)
                .map(country -> ReservationJson.booking(body, country))
                .invoke(order -> check(order, venue))
                .chain(order -> book(venue, order, body));
    }

    @POST
    @Path("/holds")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createHold", summary = "Keep a table for a while, to be confirmed")
    public Uni<Response> hold(@PathParam("venueId") String venueId, String body) {
        VenueId venue = bookable(venueId);
        BookingOrder order = ReservationJson.hold(body);
        check(order, venue);
        return access.isOfKey()
                ? book(venue, order, body)
                : taking(Allowances.Kind.HOLDS, venue, () -> bookTable.book(venue, order, Sight.of(access), body));
    }

    /** Whoever comes with a publishable key books within what a few guests would; who is known, as they like. */
    private Uni<Response> book(VenueId venue, BookingOrder order, String body) {
        return access.isOfKey()
                ? taking(
                        Allowances.Kind.GUEST_BOOKINGS,
                        venue,
                        () -> bookTable.book(venue, order, Sight.of(access), body))
                : bookTable.book(venue, order, Sight.of(access), body);
    }

    private Uni<Response> taking(Allowances.Kind kind, VenueId venue, Supplier<Uni<Response>> booking) {
        Allowances.Taken taken = allowances.take(kind, venue);
        return booking.get().onFailure(Allowances::costsNothing).invoke(taken::giveBack);
    }

    @GET
    @Path("/reservations")
    @Compressed
    @Operation(operationId = "listReservations", summary = "Find reservations, a page at a time")
    public Uni<Response> list(@PathParam("venueId") String venueId, @BeanParam Filters filters) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        ReservationSearch search = filters.search(venue, DatabaseClock.UTC.today());
        return ledger.find(search)
                .call(found -> found.isEmpty()
                        ? venues.require(venue)
                        : Uni.createFrom().voidItem())
                .map(found -> Response.ok(Json.write(Cursors.page(search, found, answers, Sight.of(access))))
                        .build());
    }

    private VenueId bookable(String venueId) {
        VenueId venue = VenuePath.id(venueId);
        access.requireBooking(venue);
        return venue;
    }

    private void check(BookingOrder order, VenueId venue) {
        order.check(access);
        if (!order.overrides().isEmpty()) {
            access.require(Scope.RESERVATIONS_OVERRIDE, venue);
        }
    }

    private VenueId allowed(String venueId, Scope scope) {
        VenueId venue = VenuePath.id(venueId);
        access.require(scope, venue);
        return venue;
    }
}
