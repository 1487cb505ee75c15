package io.lasttable.notify.access;

import static io.lasttable.notify.world.Management.management;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the public port does with a request that is after something else than the API. */
@QuarkusTest
class PublicPortTest {

    @TestHTTPResource
    URI url;

    @Test
    void healthAndMetricsAreOnlyOnThePortOfThePlatform() throws IOException {
        for (String path : new String[] {"/q/health", "/q/health/live", "/q/health/ready", "/q/metrics"}) {
            assertThat(status("GET " + path + " HTTP/1.1", "")).as(path).isEqualTo(404);
        }
        assertThat(management("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(management("/q/metrics").statusCode()).isEqualTo(200);
        assertThat(management("/v1/venues").statusCode()).isEqualTo(404);
        assertThat(status("GET /q/openapi HTTP/1.1", "")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../q/openapi",
                "/v1/%2e%2e/q/openapi",
                "/v1/..%2fq/openapi",
                "/v1//venues",
                "//q/openapi",
                "/v1;x/../q/openapi",
                "/q;x=/openapi"
            })
    void aPathWithTwoReadingsIsRefused(String path) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "/problems/validation-error");
    }

    @Test
    void whatIsOnlyReadSaysSo() throws IOException {
        for (String path :
                new String[] {"/v1/live/client.js", "/v1/live/venues/a/days/2026-11-28", "/v1/openapi/live.yaml"}) {
            assertThat(answer("POST " + path + " HTTP/1.1", "Content-Length: 0\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 405")
                    .containsIgnoringCase("allow: GET, OPTIONS")
                    .contains("/problems/method-not-allowed");
            assertThat(answer("OPTIONS " + path + " HTTP/1.1", ""))
                    .startsWith("HTTP/1.1 204")
                    .containsIgnoringCase("allow: GET, OPTIONS");
        }
    }

    @Test
    void theRequestsIdComesBackAndTheDocumentIsPublic() throws IOException {
        assertThat(answer("GET /v1/openapi/live.yaml HTTP/1.1", "X-Request-Id: mine-1\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("x-request-id: mine-1")
                .containsIgnoringCase("date: ")
                .contains("streamDay", "example: '2026-11-28'");
        assertThat(answer("GET /v1/nothing HTTP/1.1", "X-Request-Id: \"forged\"\r\n"))
                .containsIgnoringCase("x-request-id: ")
                .doesNotContain("forged");
    }

    @Test
    void noOtherProtocolIsSpoken() throws IOException {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        assertThat(answer("GET /q/openapi HTTP/1.1", upgrade)).startsWith("HTTP/1.1 200");
        assertThat(answer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET / HTTP/1.1", "")).doesNotStartWith("\0");
    }

    @Test
    void pathsThatLeadNowhereLeaveNoTraceInTheMetrics() throws IOException {
        for (int i = 0; i < 120; i++) {
            assertThat(status("GET /junk-" + i + " HTTP/1.1", "")).isEqualTo(404);
            assertThat(status("POST /v1/junk-" + i + "/../x HTTP/1.1", "")).isEqualTo(400);
        }
        assertThat(management("/q/metrics").asString()).doesNotContain("junk");
    }

    @Test
    void aHeadThatDoesNotEndIsNotWaitedForLong() throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET /v1/venues HTTP/1.1\r\nHost: he".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read())
                    .as("the end of the connection")
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                " , ",
                "unknown",
                "1                                                  2",
                "127.0.0.1\r\nX-Forwarded-For: ,"
            })
    void aForwardedAddressThatIsNoneDoesNoHarm(String forwardedFor) throws IOException {
        assertThat(status("GET /q/openapi HTTP/1.1", "X-Forwarded-For: " + forwardedFor + "\r\n"))
                .isEqualTo(200);
    }

    private int status(String requestLine, String headers) throws IOException {
        return Integer.parseInt(answer(requestLine, headers).substring(9, 12));
    }

    private String answer(String requestLine, String headers) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = requestLine + "\r\nHost: here\r\n" + headers + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
