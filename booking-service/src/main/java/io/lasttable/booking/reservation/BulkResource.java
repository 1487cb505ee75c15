package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.daybook.ReservationPage;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.lasttable.booking.venue.Venues;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A venue's reservations in bulk: in from another system's CSV file, out as a calendar. */
@Path("/v1/venues/{venueId}")
public class BulkResource {

    private static final int DAYS_BACK = 7;
    private static final int MOST_EVENTS = 5_000;
    private static final EnumSet<Status> SHOWN =
            EnumSet.of(Status.HELD, Status.CONFIRMED, Status.SEATED, Status.FINISHED);

    private final DayBook book;
    private final Venues venues;
    private final Access access;
    private final Idempotency idempotency;
    private final ReservationAnswers answers;

    BulkResource(DayBook book, Venues venues, Access access, Idempotency idempotency, ReservationAnswers answers) {
        this.book = book;
        this.venues = venues;
        this.access = access;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @POST
    @Path("/reservations/import")
    @Consumes("text/csv")
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            operationId = "importReservations",
            summary = "Import reservations from a CSV file: all of a day or none of it, with a report by line")
    public Response imports(@PathParam("venueId") String venueId, InputStream csv) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_WRITE);
        venues.get(venue).await().atMost(Duration.ofSeconds(10));
        ReservationImport run = new ReservationImport(
                venue,
                book,
                (line, command) ->
                        idempotency.part(venue, Long.toString(line.number()), line.text(), command, answers::created));
        ReservationImport.Report report = run.run(csv);
        Response.ResponseBuilder response = Response.ok(Json.write(report));
        return (report.isReplayed() ? response.header("Idempotency-Replayed", "true") : response).build();
    }

    @GET
    @Path("/reservations.ics")
    @Produces("text/calendar")
    @Operation(
            operationId = "getReservationCalendar",
            summary = "The reservations of the last week and all to come as an iCalendar feed (RFC 5545)")
    public Uni<String> calendar(@PathParam("venueId") String venueId) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        Instant now = Clock.systemUTC().instant();
        return venues.get(venue).chain(found -> reservations(found, now).map(all -> StaffCalendar.of(found, all, now)));
    }

    private Uni<List<Reservation>> reservations(Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(DAYS_BACK);
        ReservationPage.Place place = new ReservationPage.Place(from, Instant.EPOCH, new UUID(0, 0));
        return book.page(new ReservationPage(venue.id(), Optional.empty(), SHOWN, place, MOST_EVENTS));
    }

    private VenueId allowed(String venueId, Scope scope) {
        VenueId venue = VenuePath.id(venueId);
        access.require(scope, venue);
        return venue;
    }
}
