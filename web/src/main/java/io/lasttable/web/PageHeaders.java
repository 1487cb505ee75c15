package io.lasttable.web;

import io.lasttable.web.ServedFile.Kind;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;

/**
 * What a browser heeds: in a page nothing but our own files runs, and nobody frames it; scripts and styles may be read by pages of other
 * sites, which the widget is made for.
 */
final class PageHeaders {

    /** Scripts heed it where they are workers: that of the host's screen reads its own files anew. */
    private static final String OF_A_FILE = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

    private final String ofAPage;

    PageHeaders(PageSettings settings) {
        String issuer = settings.signIn().stream()
                .flatMap(PageSettings.SignIn::origins)
                .map(origin -> ' ' + origin)
                .collect(Collectors.joining());
        ofAPage = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "connect-src 'self'" + issuer,
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    void add(RoutingContext context, Kind kind) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", kind == Kind.HTML ? ofAPage : OF_A_FILE)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer");
        if (kind != Kind.HTML) {
            headers.set("Access-Control-Allow-Origin", "*").set("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }
}
