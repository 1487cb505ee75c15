package io.lasttable.booking.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Webhooks over REST. */
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookResource {

    private static final int MOST = 200;

    private final Webhooks webhooks;
    private final Receivers receivers;
    private final Access access;

    WebhookResource(Webhooks webhooks, Receivers receivers, Access access) {
        this.webhooks = webhooks;
        this.receivers = receivers;
        this.access = access;
    }

    @GET
    @Compressed
    @Operation(
            operationId = "listWebhooks",
            summary = "Webhooks within the token's venues, in order of their ids, a page at a time")
    public Uni<String> list(
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_READ);
        int most = Parameters.integer("limit", limit, 1, MOST);
        UUID behind = cursor.isEmpty() ? new UUID(0, 0) : place(cursor);
        return webhooks.page(behind, caller, most).map(page -> Json.write(page(page, most)));
    }

    private static WebhookView.Page page(List<Webhook> found, int limit) {
        return new WebhookView.Page(
                found.stream().map(WebhookView::of).toList(),
                found.size() < limit
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).id.toString()));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putWebhook", summary = "Create a webhook, or replace the version named in If-Match")
    public Uni<Response> put(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, String body)
            throws JsonProcessingException {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_WRITE);
        WantedWebhook wanted = WantedWebhook.read(body, caller.reached(), receivers);
        if (wanted.includeGuest()) {
            access.require(Scope.GUESTS_READ);
        }
        UUID webhook = uuid(id);
        return EntityTags.version(ifMatch, () -> webhooks.get(webhook, caller).map(known -> known.webhook().version))
                .chain(version -> webhooks.put(webhook, wanted, version, caller))
                .map(known -> answer(known, known.made().isPresent() ? 201 : 200));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "One webhook")
    public Uni<Response> get(@PathParam("id") String id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_READ);
        return webhooks.get(uuid(id), caller).map(known -> EntityTags.unlessKnown(ifNoneMatch, answer(known, 200)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook and its log")
    public Uni<Response> delete(@PathParam("id") String id) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_WRITE);
        return webhooks.delete(uuid(id), caller)
                .replaceWith(() -> Response.noContent().build());
    }

    @POST
    @Path("/{id}/secrets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Make a new secret; the one before stays good for a while")
    public Uni<Response> rotate(@PathParam("id") String id, String body) throws JsonProcessingException {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_WRITE);
        RotationRequest asked = RotationRequest.read(body);
        return webhooks.rotate(uuid(id), caller, asked.overlap(), asked.replaceNewest())
                .map(known -> answer(known, 201));
    }

    private static Response answer(Webhooks.Known known, int status) {
        return Response.status(status)
                .header("ETag", EntityTags.of(known.webhook().version))
                .entity(Json.write(known.view()))
                .build();
    }

    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Webhooks.unknown();
        }
    }

    private static UUID place(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/query/cursor", "is not one that a page has given");
        }
    }
}
