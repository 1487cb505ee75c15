package io.lasttable.booking.http;

import io.lasttable.booking.BookingConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers the OpenAPI document in YAML as it was written, also where it is public. Written anew by the extension, times lose their
 * quotes, and who reads YAML 1.1 takes 19:00 for the number 1140. JSON is left to the extension.
 */
@ApplicationScoped
class OpenApiAsWritten {

    private static final String PATH = "/q/openapi";
    private static final String PUBLIC = "/v1/openapi/booking.yaml";
    private static final int BEFORE_THE_EXTENSION = -100;

    private final Buffer document = Buffer.buffer(Texts.of(Texts.OPENAPI));

    private final boolean isPublic;

    OpenApiAsWritten(BookingConfig config) {
        isPublic = config.docs().enabled();
    }

    void register(@Observes Router router) {
        List<String> inside = List.of(PATH, PATH + ".yaml", PATH + ".yml");
        for (String path :
                isPublic ? Stream.concat(inside.stream(), Stream.of(PUBLIC)).toList() : inside) {
            router.get(path).order(BEFORE_THE_EXTENSION).handler(this::answer);
        }
    }

    private void answer(RoutingContext context) {
        String accepted = context.request().getHeader("Accept");
        boolean isJson = "json".equalsIgnoreCase(context.request().getParam("format"))
                || accepted != null && accepted.contains("json") && !accepted.contains("yaml");
        if (isJson && !context.request().path().equals(PUBLIC)) {
            context.next();
        } else {
            context.response()
                    .putHeader("Content-Type", "application/yaml;charset=UTF-8")
                    .end(document);
        }
    }
}
