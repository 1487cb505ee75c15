package io.lasttable.notify.client;

import io.lasttable.notify.NotifyConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document where it is public, as it was written: written anew by the extension, dates and times lose their quotes. */
@ApplicationScoped
class OpenApiAsWritten {

    private static final String PUBLIC = "/v1/openapi/live.yaml";

    private final boolean enabled;

    OpenApiAsWritten(NotifyConfig config) {
        enabled = config.docs().enabled();
    }

    void register(@Observes Router router) {
        if (enabled) {
            router.get(PUBLIC).handler(OpenApiAsWritten::answer);
        }
    }

    private static void answer(RoutingContext context) {
        var sent = context.response()
                .putHeader("Content-Type", "application/yaml;charset=UTF-8")
                .end(Document.TEXT);
        assert sent != null;
    }

    /** Read when it is first asked for. */
    private static final class Document {

        static final Buffer TEXT = read();

        private static Buffer read() {
            try (InputStream file =
                    Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/openapi.yaml")) {
                return Buffer.buffer(file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
