package io.lasttable.booking.http;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * The page to read the documents and try them, under a policy of its own: it runs its own scripts, calls its own origin, and stands in
 * nobody's frame. Swagger UI's files are the extension's; the page that loads them is ours, since the extension's own has its scripts
 * in itself, which such a policy refuses.
 */
@ApplicationScoped
class DocsPage {

    private static final String PAGE = "/v1/docs";
    private static final int BEFORE_THE_EXTENSION = -100;

    /** Swagger UI sets styles of elements; no script can. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record File(String type, String text) {}

    private static final Map<String, File> OURS = Map.of(
            PAGE,
            new File("text/html;charset=UTF-8", Texts.of("docs/index.html")),
            PAGE + "/",
            new File("text/html;charset=UTF-8", Texts.of("docs/index.html")),
            PAGE + "/index.html",
            new File("text/html;charset=UTF-8", Texts.of("docs/index.html")),
            PAGE + "/start.js",
            new File("text/javascript;charset=UTF-8", Texts.of("docs/start.js")));

    private final boolean enabled;

    DocsPage(DocsSettings settings) {
        enabled = settings.enabled();
    }

    void register(@Observes Router router) {
        router.route(PAGE + "/*").order(BEFORE_THE_EXTENSION).handler(enabled ? DocsPage::answer : DocsPage::refuse);
    }

    private static void answer(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer");
        File ours = OURS.get(context.request().path());
        if (ours == null) {
            context.next();
        } else {
            response.putHeader("Content-Type", ours.type()).end(ours.text());
        }
    }

    private static void refuse(RoutingContext context) {
        ProblemResponse.send(context, Problem.of(Problem.Type.NOT_FOUND, "The documents are not served here."));
    }
}
