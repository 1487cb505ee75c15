package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Cause;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.lasttable.booking.venue.Venues;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A venue's reservations in bulk: in from another system's CSV file, out as a calendar. */
@Path("/v1/venues/{venueId}")
public class BulkResource {

    private final DayBook book;
    private final Ledger ledger;
    private final Venues venues;
    private final Access access;
    private final Idempotency idempotency;
    private final ReservationAnswers answers;
    private final VenueCalendar calendar;

    BulkResource(
            DayBook book,
            Ledger ledger,
            Venues venues,
            Access access,
            Idempotency idempotency,
            ReservationAnswers answers,
            VenueCalendar calendar) {
        this.calendar = calendar;
        this.book = book;
        this.ledger = ledger;
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
    public Response imports(
            @PathParam("venueId") String venueId,
            @QueryParam("unknownColumns") @DefaultValue("refuse") String unknownColumns,
            @HeaderParam("Content-Type") MediaType type,
            InputStream csv)
            throws IOException {
        VenueId id = allowed(venueId, Scope.RESERVATIONS_WRITE);
        boolean ignore = Parameters.oneOf("unknownColumns", unknownColumns, "refuse", "ignore")
                .equals("ignore");
        Venue venue = venues.get(id).await().atMost(Duration.ofSeconds(10));
        ReservationImport run = new ReservationImport(
                venue,
                book,
                ledger,
                (line, command) -> idempotency
                        .part(
                                id,
                                Long.toString(line.number()),
                                "import\n" + command.id(),
                                line.text(),
                                command,
                                answers::created)
                        .because(Cause.IMPORTED));
        Optional<String> charset =
                Optional.ofNullable(type).map(sent -> sent.getParameters().get(MediaType.CHARSET_PARAMETER));
        ReservationImport.Report report = run.run(ImportText.of(csv.readAllBytes(), charset), ignore);
        Response.ResponseBuilder response = Response.ok(Json.write(report));
        return (report.isReplayed() ? response.header("Idempotency-Replayed", "true") : response).build();
    }

    @GET
    @Path("/reservations.ics")
    @Produces("text/calendar")
    @Operation(
            operationId = "getReservationCalendar",
            summary = "The reservations of the last week and all to come as an iCalendar feed (RFC 5545)")
    public Uni<Response> calendar(
            @PathParam("venueId") String venueId,
            @QueryParam("from") String from,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        String address = "/v1/venues/" + venue + "/reservations.ics";
        return calendar.answer(venue, Parameters.date("from", from), VenueCalendar.Shown.ALL, address, ifNoneMatch);
    }

    private VenueId allowed(String venueId, Scope scope) {
        VenueId venue = VenuePath.id(venueId);
        access.require(scope, venue);
        return venue;
    }
}
