package io.lasttable.booking.block;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.daybook.BlockedDays;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenuePath;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Blocks of a venue over REST. Why something is blocked is told to those alone who may read the venue's book. */
@Path("/v1/venues/{venueId}/blocks")
@Produces(MediaType.APPLICATION_JSON)
public class BlockResource {

    private static final int MOST = 200;

    private final BlockedDays blocked;
    private final Venues venues;
    private final Access access;

    BlockResource(BlockedDays blocked, Venues venues, Access access) {
        this.blocked = blocked;
        this.venues = venues;
        this.access = access;
    }

    @PUT
    @Path("/{blockId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putBlock", summary = "Close dates, hours, an area or tables to new bookings")
    public Uni<Response> put(
            @PathParam("venueId") String venueId,
            @PathParam("blockId") String blockId,
            @QueryParam("validate") String validate,
            String body) {
        VenueId venue = allowed(venueId, Scope.VENUES_WRITE);
        if (validate != null && !validate.equals("only")) {
            throw Problem.invalid("/query/validate", "must be only, or be left out");
        }
        Block wanted = BlockJson.read(blockId, body);
        return validate == null
                ? blocked.put(venue, wanted).map(put -> answer(put.block(), put.made() ? 201 : 200))
                : blocked.validate(venue, wanted).map(put -> answer(put.block(), 200));
    }

    @GET
    @Path("/{blockId}")
    @Operation(operationId = "getBlock", summary = "One block")
    public Uni<Response> get(@PathParam("venueId") String venueId, @PathParam("blockId") String blockId) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        return blocked.get(venue, known(blockId)).map(block -> answer(block, 200));
    }

    @DELETE
    @Path("/{blockId}")
    @Operation(operationId = "deleteBlock", summary = "Open what was blocked; those in line are asked first")
    public Uni<Response> delete(@PathParam("venueId") String venueId, @PathParam("blockId") String blockId) {
        VenueId venue = allowed(venueId, Scope.VENUES_WRITE);
        return blocked.remove(venue, known(blockId))
                .replaceWith(() -> Response.noContent().build());
    }

    @GET
    @Operation(operationId = "listBlocks", summary = "Blocks in order of their ids, a page at a time")
    public Uni<Response> list(
            @PathParam("venueId") String venueId,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        VenueId venue = allowed(venueId, Scope.RESERVATIONS_READ);
        int most = Parameters.integer("limit", limit, 1, MOST);
        if (!cursor.isEmpty() && !BlockJson.isId(cursor)) {
            throw Problem.invalid("/query/cursor", "is not one that a page has given");
        }
        LocalDate first = Parameters.date("from", from).orElse(LocalDate.EPOCH);
        LocalDate last = Parameters.date("to", to).orElse(LocalDate.of(2999, 12, 31));
        return blocked.page(venue, first, last, cursor, most)
                .call(found -> found.isEmpty()
                        ? venues.require(venue)
                        : Uni.createFrom().voidItem())
                .map(found -> Response.ok(Json.write(page(found, most))).build());
    }

    private static Map<String, Object> page(List<Block> found, int limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", found.stream().map(BlockJson::of).toList());
        if (found.size() == limit) {
            page.put("cursor", found.get(limit - 1).id());
        }
        return page;
    }

    private static Response answer(Block block, int status) {
        return Response.status(status).entity(Json.write(BlockJson.of(block))).build();
    }

    private static String known(String blockId) {
        if (!BlockJson.isId(blockId)) {
            throw BlockedDays.unknown();
        }
        return blockId;
    }

    private VenueId allowed(String venueId, Scope scope) {
        VenueId venue = VenuePath.id(venueId);
        access.require(scope, venue);
        return venue;
    }
}
