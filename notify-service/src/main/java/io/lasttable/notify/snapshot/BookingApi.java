package io.lasttable.notify.snapshot;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What is asked of booking-service, in the name of the guest whose watch token it is. */
@RegisterRestClient(configKey = "booking")
interface BookingApi {

    String TOKEN = "Lasttable-Watch-Token";

    @GET
    @Path("/v1/reservations/{id}")
    Uni<RestResponse<byte[]>> reservation(@PathParam("id") String id, @HeaderParam(TOKEN) String token);

    @GET
    @Path("/v1/waitlist/{id}")
    Uni<RestResponse<byte[]>> waitlistEntry(@PathParam("id") String id, @HeaderParam(TOKEN) String token);
}
