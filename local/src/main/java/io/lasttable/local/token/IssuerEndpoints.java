package io.lasttable.local.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The issuer over HTTP, under {@code /local}. Tokens are handed only to requests that name this machine as their host:
 * a page from elsewhere whose DNS name was pointed at 127.0.0.1 gets none.
 */
public final class IssuerEndpoints {

    private static final long LONGEST_FORM = 10_000;
    private static final long VALID_SECONDS = TokenIssuer.VALID_FOR.toSeconds();
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private IssuerEndpoints() {}

    public static void mount(Router router, TokenIssuer issuer) {
        router.get("/local/.well-known/openid-configuration")
                .handler(context -> json(context, 200, issuer.discovery().encode()));
        router.get("/local/jwks").handler(context -> json(context, 200, issuer.keys()));
        router.get("/local/token").handler(context -> token(context, issuer));
        CodeFlow codes = new CodeFlow(InstantSource.system());
        router.get("/local/authorize").handler(context -> authorize(context, codes));
        router.post("/local/token")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_FORM))
                .handler(context -> redeem(context, codes, issuer));
    }

    /** Nobody is asked who they are; only pages of this machine are sent a code. */
    private static void authorize(RoutingContext context, CodeFlow codes) {
        String redirectUri = parameter(context, "redirect_uri").orElse("");
        boolean isRight = parameter(context, "response_type").orElse("").equals("code")
                && parameter(context, "code_challenge_method").orElse("").equals("S256")
                && parameter(context, "code_challenge").isPresent();
        if (!namesThisMachine(context.request()) || !isOfThisMachine(redirectUri) || !isRight) {
            error(
                    context,
                    "invalid_request",
                    "A page of this machine asks with response_type=code and an S256 challenge.");
            return;
        }
        String code = codes.code(
                parameter(context, "code_challenge").get(),
                redirectUri,
                parameter(context, "scope").orElse(TokenIssuer.ALL_SCOPES));
        context.redirect(redirectUri + "?code=" + code + "&state="
                        + URLEncoder.encode(parameter(context, "state").orElse(""), UTF_8))
                .onFailure(context::fail);
    }

    private static void redeem(RoutingContext context, CodeFlow codes, TokenIssuer issuer) {
        MultiMap form = context.request().formAttributes();
        Optional<String> scope = codes.redeem(
                form.get("code") == null ? "" : form.get("code"),
                form.get("code_verifier") == null ? "" : form.get("code_verifier"),
                form.get("redirect_uri"));
        if (scope.isEmpty()) {
            error(context, "invalid_grant", "The code has ended, was used, or is somebody else's.");
        } else {
            json(
                    context,
                    200,
                    answer(issuer.token(scope.get(), TokenIssuer.ALL_VENUES))
                            .put("expires_in", VALID_SECONDS)
                            .encode());
        }
    }

    private static boolean isOfThisMachine(String address) {
        try {
            URI uri = new URI(address);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && THIS_MACHINE.contains(uri.getHost())
                    && uri.getQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void error(RoutingContext context, String name, String description) {
        json(
                context,
                400,
                new JsonObject()
                        .put("error", name)
                        .put("error_description", description)
                        .encode());
    }

    private static JsonObject answer(String token) {
        return new JsonObject().put("access_token", token).put("token_type", "Bearer");
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
        json(context, 200, answer(issuer.token(scope, venues)).encode());
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
