package io.lasttable.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The OpenAPI document of a service, answered in YAML as it was written. Written anew by the extension, times lose their quotes, and who
 * reads YAML 1.1 takes 19:00 for the number 1140.
 */
public final class OpenApiDocument {

    private static final String FILE = "META-INF/openapi.yaml";
    private static final String OF_THE_EXTENSION = "/q/openapi";
    private static final int BEFORE_THE_EXTENSION = -100;

    private Buffer document;

    public static String text() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At an address of its own. */
    public void serve(Router router, String path) {
        router.get(path).order(BEFORE_THE_EXTENSION).handler(this::answer);
    }

    /** Where the extension has it, to which JSON is left. */
    public void serveInPlaceOfTheExtensions(Router router) {
        for (String ending : List.of("", ".yaml", ".yml")) {
            router.get(OF_THE_EXTENSION + ending).order(BEFORE_THE_EXTENSION).handler(context -> {
                if (isForJson(context)) {
                    context.next();
                } else {
                    answer(context);
                }
            });
        }
    }

    private static boolean isForJson(RoutingContext context) {
        String accepted = context.request().getHeader("Accept");
        return "json".equalsIgnoreCase(context.request().getParam("format"))
                || accepted != null && accepted.contains("json") && !accepted.contains("yaml");
    }

    private void answer(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "application/yaml;charset=UTF-8")
                .end(document());
    }

    /** Read when it is first asked for. */
    private synchronized Buffer document() {
        if (document == null) {
            document = Buffer.buffer(text());
        }
        return document;
    }
}
