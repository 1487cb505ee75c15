package io.lasttable.booking.reservation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.daybook.HistoryEntry;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who did what to a reservation. */
@Path("/v1/reservations/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int MOST = 200;

    private final Ledger ledger;
    private final ReservationLookup lookup;

    HistoryResource(Ledger ledger, ReservationLookup lookup) {
        this.ledger = ledger;
        this.lookup = lookup;
    }

    /** @param cursor of the next page, when there may be one */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<HistoryEntry> items, Optional<String> cursor) {

        static Page of(List<HistoryEntry> items, int limit) {
            return new Page(
                    items,
                    Optional.of(items)
                            .filter(full -> full.size() == limit)
                            .map(full -> Long.toString(full.get(limit - 1).version())));
        }
    }

    @GET
    @Operation(
            operationId = "getReservationHistory",
            summary = "Every change of a reservation: when, what, by whom and why, and what was otherwise before")
    public Uni<String> history(
            @PathParam("id") String id,
            @QueryParam("cursor") @DefaultValue("0") String cursor,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        int after = Parameters.integer("cursor", cursor, 0, Integer.MAX_VALUE);
        int most = Parameters.integer("limit", limit, 1, MOST);
        return lookup.allowed(id, Scope.RESERVATIONS_READ)
                .chain(reservation -> ledger.history(reservation, after, most))
                .map(entries -> Json.write(Page.of(entries, most)));
    }
}
