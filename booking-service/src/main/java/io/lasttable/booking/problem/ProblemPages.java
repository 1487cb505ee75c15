package io.lasttable.booking.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages that the problems' types lead to, those of the other services too: what happened, and what to do about it. */
@ApplicationScoped
class ProblemPages {

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <h1 dir="auto">%s</h1>
            <p lang="en">%s</p>
            <p><code>/problems/%s</code>%s</p>
            </html>
            """;

    void register(@Observes Router router) {
        router.get("/problems/:name").handler(ProblemPages::answer);
    }

    private static void answer(RoutingContext context) {
        Words words = Words.in(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        String name = context.pathParam("name");
        Optional<String> about = words.about(name);
        if (about.isEmpty()) {
            context.next();
            return;
        }
        Optional<Problem.Type> type = type(name);
        String title = type.map(words::title).orElse(name.replace('-', ' '));
        String status = type.map(known -> ", HTTP status " + known.status()).orElse("");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader("Content-Language", words.tag())
                .putHeader(HttpHeaders.VARY, "Accept-Language")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .end(PAGE.formatted(words.tag(), title, title, about.get(), name, status));
    }

    private static Optional<Problem.Type> type(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(Problem.Type.values())
                .filter(type -> type.name().equals(constant))
                .findFirst();
    }
}
