package io.lasttable.availability.search;

import io.lasttable.availability.freshness.AsOf;
import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.load.DearReads;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/** Venues with a table around the wanted time: nearest first, then by time difference. */
@Path("/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
class SearchResource {

    private final Search search;
    private final Freshness freshness;
    private final DearReads dearReads;
    private final Clock clock;

    SearchResource(Search search, Freshness freshness, DearReads dearReads, Clock clock) {
        this.search = search;
        this.freshness = freshness;
        this.dearReads = dearReads;
        this.clock = clock;
    }

    @GET
    public Uni<Response> search(@BeanParam SearchParameters parameters) {
        SearchRequest request = SearchRequest.of(parameters);
        AsOf asOf = freshness.asOf();
        return dearReads
                .run(() -> search.find(request, clock.instant(), asOf))
                .map(found -> asOf.cached(found).build());
    }
}
