package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Vertx VERTX = Vertx.vertx();
    private static HttpServer server;

    @BeforeAll
    static void serve() throws Exception {
        Router router = Router.router(VERTX);
        Pages.mount(router);
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        Void closed = VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assert closed == null;
    }

    @Test
    void aFileTravelsCompressedToWhoTakesItAndPlainToOthers() throws Exception {
        HttpResponse<byte[]> plain = get("/staff.html");
        HttpResponse<byte[]> compressed = get("/staff.html", "Accept-Encoding", "gzip, deflate");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("Vary")).contains("accept-encoding");
        assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(get("/staff.html", "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void theBareAddressIsTheGuestsPage() throws Exception {
        assertThat(get("/").body()).isEqualTo(get("/index.html").body());
        assertThat(get("/").headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void whatABrowserHasAlreadyIsNotSentAgain() throws Exception {
        String tag = get("/app.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = get("/app.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/app.js").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(get("/app.js", "If-None-Match", tag, "Accept-Encoding", "gzip")
                        .statusCode())
                .as("another form of it")
                .isEqualTo(200);
    }

    @Test
    void headSaysHowLongItIsAndSendsNothing() throws Exception {
        HttpResponse<byte[]> head = HTTP.send(
                HttpRequest.newBuilder(at("/app.js"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.headers().firstValue("Content-Length"))
                .contains("" + get("/app.js").body().length);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/words",
                "/words/",
                "/nothing.js",
                "/..%2flogging.properties",
                "/%2e%2e/logging.properties",
                "/words/../../a.js"
            })
    void whatIsNoFileOfThePagesIsNotFound(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(404);
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request = request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }
}
