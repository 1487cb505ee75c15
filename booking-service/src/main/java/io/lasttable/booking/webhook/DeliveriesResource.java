package io.lasttable.booking.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The delivery log of a webhook over REST: to look at, to send again from, and to see a test event arrive. */
@Path("/v1/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class DeliveriesResource {

    private static final int MOST = 200;
    private static final Set<String> STATUSES = Set.of(Delivery.PENDING, Delivery.DELIVERED, Delivery.FAILED);

    private final Webhooks webhooks;
    private final Sender sender;
    private final Access access;
    private final Vertx vertx;

    DeliveriesResource(Webhooks webhooks, Sender sender, Access access, Vertx vertx) {
        this.webhooks = webhooks;
        this.sender = sender;
        this.access = access;
        this.vertx = vertx;
    }

    @GET
    @Path("/deliveries")
    @Compressed
    @Operation(operationId = "listDeliveries", summary = "The delivery log, the newest first, a page at a time")
    public Uni<String> list(
            @PathParam("id") String id,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_READ);
        int most = Parameters.integer("limit", limit, 1, MOST);
        if (!status.isEmpty() && !STATUSES.contains(status)) {
            throw Problem.invalid("/query/status", "must be pending, delivered or failed");
        }
        return webhooks.log(
                        WebhookResource.uuid(id),
                        caller,
                        Optional.of(status).filter(STATUSES::contains),
                        cursor.isEmpty() ? Delivery.Place.START : place(cursor),
                        most)
                .map(found -> Json.write(page(found, most)));
    }

    @GET
    @Path("/deliveries/{eventId}")
    @Operation(
            operationId = "getDelivery",
            summary = "One delivery, with every attempt at it and when the next ones are")
    public Uni<String> get(@PathParam("id") String id, @PathParam("eventId") String event) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_READ);
        return webhooks.history(WebhookResource.uuid(id), event(event), caller).map(Json::write);
    }

    private static DeliveryView.Page page(List<Delivery> found, int limit) {
        return new DeliveryView.Page(
                found.stream().map(DeliveryView::of).toList(),
                found.size() < limit ? Optional.empty() : Optional.of(cursor(found.get(found.size() - 1))));
    }

    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replayDeliveries",
            summary = "Send events again: some of the log, or all of a venue behind a cursor of its changes feed")
    public Uni<Response> replay(@PathParam("id") String id, String body) throws JsonProcessingException {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_WRITE);
        return webhooks.sendAgain(WebhookResource.uuid(id), caller, ReplayRequest.read(body))
                .replaceWith(() -> Response.noContent().build());
    }

    @POST
    @Path("/test")
    @Operation(operationId = "testWebhook", summary = "Send a test event now, once, and see what came of it")
    public Uni<String> test(@PathParam("id") String id) {
        Webhooks.Caller caller = Webhooks.Caller.of(access, Scope.WEBHOOKS_WRITE);
        UUID webhook = WebhookResource.uuid(id);
        Context context = vertx.getOrCreateContext();
        Event event = event(webhook, DatabaseClock.UTC.instant());
        return webhooks.get(webhook, caller)
                .chain(known -> sender.send(Message.of(
                        URI.create(known.webhook().url),
                        event,
                        Optional.empty(),
                        known.secrets().stream().map(secret -> secret.secret).toList())))
                .emitOn(next -> context.runOnContext(now -> next.run()))
                .chain(attempted -> webhooks.tested(webhook, event, attempted))
                .map(delivery -> Json.write(DeliveryView.of(delivery)));
    }

    private static UUID event(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Webhooks.notInTheLog();
        }
    }

    private static Event event(UUID webhook, Instant now) {
        String data = new JsonObject().put("webhookId", webhook.toString()).encode();
        return new Event(UUID.randomUUID(), EventTypes.TEST, webhook.toString(), "", now.toEpochMilli(), now, data);
    }

    private static String cursor(Delivery last) {
        String text = last.createdAt + "/" + last.eventId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Delivery.Place place(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("/", 2);
            Instant at = Instant.parse(parts[0]);
            if (parts.length == 2 && at.isAfter(Instant.EPOCH) && at.isBefore(Delivery.Place.START.createdAt())) {
                return new Delivery.Place(at, UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problem.invalid("/query/cursor", "is not one that a page has given");
        }
        throw Problem.invalid("/query/cursor", "is not one that a page has given");
    }
}
