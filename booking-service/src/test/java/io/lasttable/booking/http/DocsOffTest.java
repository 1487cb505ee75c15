package io.lasttable.booking.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.Settings;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where the documents are not to be read by everybody. */
class DocsOffTest {

    @Test
    void neitherThePageNorItsFilesNorTheDocumentAreServed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            int port = served(vertx, "false");
            for (String path : List.of("/v1/docs", "/v1/docs/", "/v1/docs/start.js", "/v1/docs/swagger-ui.css")) {
                assertThat(ask(port, path).statusCode()).as(path).isEqualTo(404);
                assertThat(ask(port, path).<String>path("type")).isEqualTo("/problems/not-found");
            }
            assertThat(ask(port, "/v1/openapi/booking.yaml").statusCode()).isEqualTo(404);
            int open = served(vertx, "true");
            assertThat(ask(open, "/v1/docs/").statusCode()).isEqualTo(200);
            assertThat(ask(open, "/v1/openapi/booking.yaml").statusCode()).isEqualTo(200);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static int served(Vertx vertx, String enabled) throws Exception {
        DocsSettings settings = Settings.of(DocsSettings.class, Map.of("lasttable.docs.enabled", enabled));
        Router router = Router.router(vertx);
        new DocsPage(settings).register(router);
        new OpenApiAsWritten(settings).register(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private static Response ask(int port, String path) {
        return given().baseUri("http://127.0.0.1")
                .port(port)
                .redirects()
                .follow(false)
                .get(path);
    }
}
