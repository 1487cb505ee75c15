package io.lasttable.notify.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Serves the live client at two addresses: {@code client.js} is whatever this replica has, kept for minutes only, so that a fix
 * arrives; {@code client-<version>.js} never changes and is kept for good. While replicas of two versions serve, one may be asked
 * for the other's: it sends to what it has, and nobody keeps that answer.
 */
@ApplicationScoped
class ClientModule {

    private static final String NEWEST = "/v1/live/client.js";
    private static final String OF_A_VERSION = "/v1/live/client-([0-9A-Za-z.+-]+)\\.js";
    private static final String FOR_MINUTES = "public, max-age=300";
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";
    private static final int BEFORE_STATIC_FILES = -1;

    void register(@Observes Router router) {
        router.route(NEWEST)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_STATIC_FILES)
                .handler(context -> send(context, FOR_MINUTES));
        router.routeWithRegex(OF_A_VERSION)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_STATIC_FILES)
                .handler(ClientModule::ofVersion);
    }

    private static void ofVersion(RoutingContext context) {
        String version = ModuleText.SERVED.version();
        if (context.pathParam("param0").equals(version)) {
            send(context, version.endsWith("-SNAPSHOT") ? ASK_EACH_TIME : FOR_GOOD);
            return;
        }
        var sent = context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, NEWEST)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
        assert sent != null;
    }

    private static void send(RoutingContext context, String keep) {
        ModuleText module = ModuleText.SERVED;
        boolean isCompressed = takesGzip(context);
        var response = context.etag('"' + module.hash() + (isCompressed ? "-gzip\"" : "\""))
                .response()
                .putHeader(HttpHeaders.CACHE_CONTROL, keep)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (context.isFresh()) {
            var unchanged = response.setStatusCode(304).end();
            assert unchanged != null;
            return;
        }
        if (isCompressed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        var sent = response.putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8")
                .end(Buffer.buffer(isCompressed ? module.compressed() : module.bytes()));
        assert sent != null;
    }

    private static boolean takesGzip(RoutingContext context) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(each -> each.value().equals("gzip") && each.weight() > 0);
    }
}
