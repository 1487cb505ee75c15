package io.lasttable.availability.search;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query of a search as it came. */
class SearchParameters {

    @QueryParam("date")
    @Parameter(example = "2026-11-28", required = true, description = "venue-local")
    String date;

    @QueryParam("time")
    @Parameter(example = "19:00", required = true, description = "venue-local wall-clock time")
    String time;

    @QueryParam("partySize")
    @Parameter(example = "2", required = true, description = "1 to 40")
    String partySize;

    @QueryParam("near")
    @Parameter(example = "48.8566,2.3522", description = "latitude,longitude; this or city is needed")
    String near;

    @QueryParam("radiusKm")
    @Parameter(example = "5", description = "0.1 to 100, default 10")
    String radiusKm;

    @QueryParam("city")
    @Parameter(example = "Paris", description = "without regard to case and accents")
    String city;

    @QueryParam("cuisine")
    @Parameter(example = "french")
    String cuisine;

    @QueryParam("cursor")
    @Parameter(description = "nextCursor of the page before")
    String cursor;

    @QueryParam("limit")
    @Parameter(example = "20", description = "1 to 50, default 20")
    String limit;
}
