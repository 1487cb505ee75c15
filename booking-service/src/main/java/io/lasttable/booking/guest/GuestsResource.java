package io.lasttable.booking.guest;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.idempotency.Answer;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Guests over REST. */
@Path("/v1/guests")
@Produces(MediaType.APPLICATION_JSON)
public class GuestsResource {

    private static final Logger LOG = Logger.getLogger(GuestsResource.class);

    private final GuestErasure erasure;
    private final Access access;
    private final Idempotency idempotency;
    private final Outbox outbox;

    GuestsResource(GuestErasure erasure, Access access, Idempotency idempotency, Outbox outbox) {
        this.outbox = outbox;
        this.erasure = erasure;
        this.access = access;
        this.idempotency = idempotency;
    }

    @POST
    @Path("/erase")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "eraseGuest",
            summary = "Erase a guest's personal data in all venues of the token; reservations stay, without it")
    public Uni<Response> erase(String body) {
        access.require(Scope.GUESTS_ERASE);
        Contact contact = Contact.read(body);
        Optional<Set<String>> venues = access.venues();
        return idempotency
                .transact(
                        body,
                        transaction ->
                                erasure.erase(transaction, contact, venues).map(GuestsResource::answer))
                .invoke(outbox::committed);
    }

    private static Answer answer(GuestErasure.Erased erased) {
        LOG.infof("Personal data of %d guests erased", erased.guests());
        return Answer.of(200, erased);
    }
}
