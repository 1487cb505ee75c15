package io.lasttable.availability.search;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/** The query of a search as it came. */
class SearchParameters {

    @Context
    UriInfo uri;

    @QueryParam("date")
    String date;

    @QueryParam("time")
    String time;

    @QueryParam("partySize")
    String partySize;

    @QueryParam("near")
    String near;

    @QueryParam("radiusKm")
    String radiusKm;

    @QueryParam("city")
    String city;

    @QueryParam("cuisine")
    String cuisine;

    @QueryParam("cursor")
    String cursor;

    @QueryParam("limit")
    String limit;

    Map<String, List<String>> query() {
        return uri == null ? Map.of() : uri.getQueryParameters();
    }
}
