package io.lasttable.local.token;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * The issuer over HTTP, under {@code /local}. Tokens are handed only to requests that name this machine as their host:
 * a page from elsewhere whose DNS name was pointed at 127.0.0.1 gets none.
 */
public final class IssuerEndpoints {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private IssuerEndpoints() {}

    public static void mount(Router router, TokenIssuer issuer) {
        router.get("/local/.well-known/openid-configuration")
                .handler(context -> json(context, 200, issuer.discovery().encode()));
        router.get("/local/jwks").handler(context -> json(context, 200, issuer.keys()));
        router.get("/local/token").handler(context -> token(context, issuer));
    }

    private static void token(RoutingContext context, TokenIssuer issuer) {
        if (!namesThisMachine(context.request())) {
            json(
                    context,
                    403,
                    new JsonObject()
                            .put("detail", "Tokens are for this machine only.")
                            .encode());
            return;
        }
        String scope = parameter(context, "scope").orElse(TokenIssuer.ALL_SCOPES);
        String venues = parameter(context, "venue_ids").orElse(TokenIssuer.ALL_VENUES);
        json(
                context,
                200,
                new JsonObject()
                        .put("access_token", issuer.token(scope, venues))
                        .put("token_type", "Bearer")
                        .encode());
    }

    private static boolean namesThisMachine(HttpServerRequest request) {
        return request.authority() != null
                && THIS_MACHINE.contains(request.authority().host());
    }

    private static Optional<String> parameter(RoutingContext context, String name) {
        return context.queryParam(name).stream().findFirst().filter(value -> !value.isBlank());
    }

    private static void json(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body)
                .onFailure(context::fail);
    }
}
