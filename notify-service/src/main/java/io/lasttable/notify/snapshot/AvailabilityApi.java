package io.lasttable.notify.snapshot;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.LocalDate;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What is asked of availability-service. */
@RegisterRestClient(configKey = "availability")
interface AvailabilityApi {

    @GET
    @Path("/v1/venues/{venueId}/days/{date}")
    Uni<RestResponse<byte[]>> day(@PathParam("venueId") String venueId, @PathParam("date") LocalDate date);
}
