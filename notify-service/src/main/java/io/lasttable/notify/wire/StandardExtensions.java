package io.lasttable.notify.wire;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Of the extensions of RFC 6455 only permessage-deflate (RFC 7692), and that only where it is switched on. Vert.x would also
 * negotiate the {@code deflate-frame} of its drafts with whoever offers it, and Quarkus has no setting for that: a compressor
 * of 280 KB for each such connection.
 */
@ApplicationScoped
class StandardExtensions implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
