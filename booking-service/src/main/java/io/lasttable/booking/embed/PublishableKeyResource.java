package io.lasttable.booking.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.GuestTokens;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.limits.Client;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Publishable keys over REST: made and ended by staff, exchanged by whoever opens a page that one stands in. */
@Path("/v1/publishable-keys/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class PublishableKeyResource {

    private final PublishableKeys keys;
    private final GuestTokens tokens;
    private final Access access;
    private final Allowances allowances;
    private final Client client;
    private final RoutingContext request;

    PublishableKeyResource(
            PublishableKeys keys,
            GuestTokens tokens,
            Access access,
            Allowances allowances,
            Client client,
            RoutingContext request) {
        this.keys = keys;
        this.tokens = tokens;
        this.access = access;
        this.allowances = allowances;
        this.client = client;
        this.request = request;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putPublishableKey",
            summary = "Create a publishable key, or replace the version named in If-Match")
    public Uni<Response> put(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, String body)
            throws JsonProcessingException {
        access.require(Scope.VENUES_WRITE);
        WantedKey wanted = WantedKey.read(body, access.venues());
        UUID key = uuid(id);
        return EntityTags.version(ifMatch, () -> keys.get(key, this::isReached).map(found -> found.version))
                .chain(version -> keys.put(key, wanted, version, access.caller(), this::isReached))
                .map(put -> answer(put.made() ? 201 : 200, put.key()));
    }

    @GET
    @Operation(operationId = "getPublishableKey", summary = "One publishable key")
    public Uni<Response> get(@PathParam("id") String id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        access.require(Scope.VENUES_WRITE);
        return keys.get(uuid(id), this::isReached).map(key -> EntityTags.unlessKnown(ifNoneMatch, answer(200, key)));
    }

    @DELETE
    @Operation(
            operationId = "deletePublishableKey",
            summary = "End a publishable key: no token is given for it any more, those given end by themselves")
    public Uni<Response> delete(@PathParam("id") String id) {
        access.require(Scope.VENUES_WRITE);
        return keys.delete(uuid(id), this::isReached)
                .replaceWith(() -> Response.noContent().build());
    }

    @POST
    @Path("/tokens")
    @Operation(
            operationId = "exchangePublishableKey",
            summary = "A token for guests of one venue, for pages of the key's origins")
    public Uni<GuestToken> exchange(@PathParam("id") String id, @HeaderParam("Origin") String origin) {
        Allowances.Taken asked = allowances.take(Allowances.Kind.GUEST_QUESTIONS);
        assert asked != null;
        return keys.asked(uuid(id)).map(key -> token(key, origin));
    }

    private GuestToken token(PublishableKey key, String origin) {
        if (origin == null || !key.isUsedBy(origin)) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN,
                    "The key is for pages of other origins: add " + (origin == null ? "this one" : "the page's")
                            + " to its origins, or ask from a page of one of them.");
        }
        VenueId venue = new VenueId(key.venueId);
        Allowances.Taken taken = allowances.take(Allowances.Kind.GUEST_TOKENS, venue);
        assert taken != null;
        String from = client.address(request.request()).orElse("this machine");
        return new GuestToken(
                tokens.sign(key.id, venue, origin, from), "Bearer", GuestTokens.VALID_FOR.toSeconds(), key.venueId);
    }

    private boolean isReached(PublishableKey key) {
        return access.venues().map(reached -> reached.contains(key.venueId)).orElse(true);
    }

    private static Response answer(int status, PublishableKey key) {
        return Response.status(status)
                .header("ETag", EntityTags.of(key.version))
                .entity(Json.write(KeyView.of(key)))
                .build();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw PublishableKeys.unknown();
        }
    }
}
