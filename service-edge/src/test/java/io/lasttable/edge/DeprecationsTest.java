package io.lasttable.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is to go says so, by a document of this test. */
class DeprecationsTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /v1/things/{id}:
                parameters: [{name: id, in: path}]
                get:
                  deprecated: true
                  x-deprecated-since: '2027-01-15'
                  x-sunset: 2028-02-01
                  externalDocs: {url: 'https://example.com/moving'}
                put: {}
              /v1/things/all:
                get: {parameters: [{name: old, in: query, deprecated: true}]}
            """;

    @Test
    void itsAnswersSaySinceWhenUntilWhenAndWhatToDoInstead() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            URI url = served(vertx);
            HttpResponse<String> refused = ask(url.resolve("/v1/things/7?x=y"), "GET");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("Deprecation")).contains("@1799971200");
            assertThat(refused.headers().firstValue("Sunset")).contains("Tue, 01 Feb 2028 00:00:00 GMT");
            assertThat(refused.headers().firstValue("Link"))
                    .contains("<https://example.com/moving>; rel=\"deprecation\"");
            assertThat(ask(url.resolve("/v1/things/7"), "HEAD").headers().map()).containsKey("deprecation");
            for (HttpResponse<String> other : List.of(
                    ask(url.resolve("/v1/things/7"), "PUT"),
                    ask(url.resolve("/v1/things/all"), "GET"),
                    ask(url.resolve("/v1/things/7/more"), "GET"))) {
                assertThat(other.headers().map()).doesNotContainKeys("deprecation", "sunset", "link");
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatGoesTooSoonOrWithoutAWordIsNotServed() {
        assertThatThrownBy(() -> Deprecations.in(DOCUMENT.replace("2028-02-01", "2028-01-14")))
                .hasMessageContaining("get /v1/things/{id}");
        assertThatThrownBy(() -> Deprecations.in(DOCUMENT.replace("x-sunset", "x-end")))
                .hasMessageContaining("x-sunset");
        assertThatThrownBy(() -> Deprecations.in(DOCUMENT.replace("externalDocs", "x-docs")))
                .hasMessageContaining("externalDocs");
    }

    @Test
    void aDocumentThatMarksNothingCostsNothing() {
        assertThat(Deprecations.in("not: [yaml").areNone()).isTrue();
        assertThat(Deprecations.in(DOCUMENT.replaceFirst("deprecated: true", "deprecated: false"))
                        .areNone())
                .isTrue();
    }

    private static URI served(Vertx vertx) throws Exception {
        Router router = Router.router(vertx);
        var told = router.route().handler(new DeprecationHeaders(Deprecations.in(DOCUMENT))::tell);
        var refused =
                told.handler(context -> context.response().setStatusCode(401).end());
        assertThat(refused).isNotNull();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static HttpResponse<String> ask(URI url, String method) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
