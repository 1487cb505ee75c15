package io.lasttable.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Vertx VERTX = Vertx.vertx();
    private static final PageSettings NO_SETTINGS = new PageSettings(Optional.empty(), Optional.empty());
    private static final PageSettings.SignIn SIGN_IN =
            new PageSettings.SignIn("https://sso.example.com/realms/x", "host", "openid", List.of());
    private static final Pattern FOLDER = Pattern.compile("\\./([0-9a-f]{16}/common)/boot\\.js");
    private static HttpServer server;

    @BeforeAll
    static void serve() throws Exception {
        Router router = Router.router(VERTX);
        Pages.mount(router, "", NO_SETTINGS);
        Pages.mount(router, Pages.VERSIONED, new PageSettings(Optional.of(SIGN_IN), Optional.empty()));
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
        String tag = get("/staff.html").headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = get("/staff.html", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/staff.html").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(get("/staff.html", "If-None-Match", tag, "Accept-Encoding", "gzip")
                        .statusCode())
                .as("another form of it")
                .isEqualTo(200);
    }

    @Test
    void whatIsNamedByItsContentsIsKeptForGood() throws Exception {
        assertThat(get(inFolder("boot.js"))
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow())
                .contains("max-age=31536000", "immutable");
    }

    @Test
    void whoeverAsksForAnotherVersionsFileIsSentToThisOnes() throws Exception {
        HttpResponse<byte[]> sent = get("/web/v1/0123456789abcdef/common/boot.js");
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(sent.headers().firstValue("Location")).contains("/web/v1" + inFolder("boot.js"));
        assertThat(sent.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void allModulesOfAPageAreNamedInIt() throws Exception {
        String page = new String(get("/staff.html").body(), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("modulepreload\" href=\"." + inFolder("host.js"), "modulepreload\" href=\"/v1/live/client.js")
                .doesNotContain("{build}", "<!-- modules");
    }

    @Test
    void aPageRunsNothingButItsOwnAndConnectsToTheIssuerBeside() throws Exception {
        String policy = get("/web/v1/staff.html")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "connect-src 'self' https://sso.example.com;",
                        "frame-ancestors 'none'");
        assertThat(get("/web/v1/staff.html").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void aPageConnectsToWhereTheIssuersEndpointsAre() throws Exception {
        PageSettings.SignIn cognito = new PageSettings.SignIn(
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x",
                "host",
                "openid",
                List.of("https://tables.auth.eu-west-1.amazoncognito.com"));
        Router router = Router.router(VERTX);
        Pages.mount(router, "", new PageSettings(Optional.of(cognito), Optional.empty()));
        HttpServer other = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI page = URI.create("http://127.0.0.1:" + other.actualPort() + "/staff.html");
        String policy = HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
        assertThat(policy)
                .contains(
                        "connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com https://tables.auth.eu-west-1.amazoncognito.com;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example.com/path",
                "*",
                "'unsafe-inline'",
                "https://a; script-src *",
                "a.example.com",
                ""
            })
    void whatIsNoOriginIsRefusedAtTheStart(String origin) {
        assertThatThrownBy(() -> new PageSettings.SignIn("https://sso.example.com", "host", "openid", List.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://host");
    }

    /** The worker keeps the host's screen for when there is no network: each file that it names is there, or it keeps nothing. */
    @Test
    void everythingThatTheHostsScreenKeepsIsThere() throws Exception {
        HttpResponse<byte[]> worker = get("/worker.js");
        String source = new String(worker.body(), StandardCharsets.UTF_8);
        assertThat(source).doesNotContain("{build}");
        assertThat(worker.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(worker.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'self'");
        for (String part : named(source, "PARTS")) {
            assertThat(get(inFolder(part)).statusCode()).as(part).isEqualTo(200);
        }
        String folder = inFolder("").replace("common/", "");
        for (String room : List.of("common", "host", "floor")) {
            for (String language : named(source, "LANGUAGES")) {
                String words = folder + room + "/words/" + language + ".js";
                assertThat(get(words).statusCode()).as(words).isEqualTo(200);
            }
        }
    }

    private static List<String> named(String source, String list) {
        Matcher found = Pattern.compile("const " + list + " = \\[([^]]+)]").matcher(source);
        assertThat(found.find()).isTrue();
        return List.of(found.group(1).replace("'", "").split(", "));
    }

    @Test
    void scriptsAreReadByPagesOfAnySite() throws Exception {
        for (String file : List.of("/web/v1" + inFolder("boot.js"), "/web/v1/lasttable.js", "/web/v1/settings.json")) {
            assertThat(get(file).headers().firstValue("Access-Control-Allow-Origin"))
                    .as(file)
                    .contains("*");
            assertThat(get(file).headers().firstValue("X-Content-Type-Options"))
                    .as(file)
                    .contains("nosniff");
        }
    }

    @Test
    void pagesAreToldWhereStaffSignIn() throws Exception {
        assertThat(new String(get("/web/v1/settings.json").body(), StandardCharsets.UTF_8))
                .contains("\"issuer\":\"https://sso.example.com/realms/x\"", "\"clientId\":\"host\"");
        assertThat(new String(get("/settings.json").body(), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    @Test
    void headSaysHowLongItIsAndSendsNothing() throws Exception {
        HttpResponse<byte[]> head = HTTP.send(
                HttpRequest.newBuilder(at(inFolder("boot.js")))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.headers().firstValue("Content-Length"))
                .contains("" + get(inFolder("boot.js")).body().length);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/words",
                "/common/",
                "/common/boot.js",
                "/0123456789abcdef/nothing.js",
                "/lasttable-web/index.html",
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

    private static String inFolder(String file) throws Exception {
        Matcher named = FOLDER.matcher(new String(get("/").body(), StandardCharsets.UTF_8));
        assertThat(named.find()).isTrue();
        return '/' + named.group(1) + '/' + file;
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
