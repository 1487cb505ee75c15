package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A page of another origin imports the client module and reads events. */
@QuarkusTest
class CrossOriginTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource("/v1/live")
    URI live;

    @Test
    void theClientModuleIsImportedFromAnywhere() throws Exception {
        HttpResponse<String> module = HTTP.send(request("/client.js").GET().build(), BodyHandlers.ofString());
        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
        assertThat(module.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(module.body()).contains("export function connect");
        assertThat(module.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(module.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        assertThat(module.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void eventsMayBeResumedFromAnywhere() throws Exception {
        HttpRequest preflight = request("/venues/known-9/days/2026-11-28")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "last-event-id")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();
        HttpResponse<String> allowed = HTTP.send(preflight, BodyHandlers.ofString());
        assertThat(allowed.statusCode()).isBetween(200, 204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .containsIgnoringCase("Last-Event-ID");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(live + path)).header("Origin", "https://www.example.com");
    }
}
