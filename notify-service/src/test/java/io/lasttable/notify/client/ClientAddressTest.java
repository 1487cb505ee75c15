package io.lasttable.notify.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientAddressTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource("/v1/live/")
    URI live;

    @Test
    void theModuleIsKeptForMinutesAndAskedForByItsTag() throws Exception {
        HttpResponse<String> module = get("client.js");
        assertThat(module.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(module.headers().firstValue("Cache-Control")).contains("public, max-age=300");
        HttpResponse<String> again = get(
                "client.js",
                "If-None-Match",
                module.headers().firstValue("ETag").orElseThrow());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("client.js", "If-None-Match", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoTakesGzipGetsTheSameModuleInAThirdOfTheBytesUnderATagOfItsOwn() throws Exception {
        HttpResponse<byte[]> compressed = HTTP.send(
                HttpRequest.newBuilder(live.resolve("client.js"))
                        .header("Accept-Encoding", "br;q=1, gzip;q=0.5")
                        .build(),
                BodyHandlers.ofByteArray());
        HttpResponse<String> plain = get("client.js", "Accept-Encoding", "gzip;q=0");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(compressed.headers().firstValue("Vary")).contains("accept-encoding");
        assertThat(compressed.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        assertThat(compressed.body().length * 3).isLessThan(plain.body().length());
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain.body());
        }
    }

    @Test
    void itsVersionIsAnAddressOfItsOwn() throws Exception {
        String module = get("client.js").body();
        var says = Pattern.compile("export const version = '([^']+)'").matcher(module);
        assertThat(says.find()).isTrue();
        HttpResponse<String> ofVersion = get("client-" + says.group(1) + ".js");
        assertThat(ofVersion.statusCode()).isEqualTo(200);
        assertThat(ofVersion.body()).isEqualTo(module);
        // What is built is no release: the same version may hold something else tomorrow.
        assertThat(ofVersion.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void anotherVersionIsSentToTheOneThatIsThereAndNobodyKeepsThat() throws Exception {
        HttpResponse<String> other = get("client-99.0.0.js");
        assertThat(other.statusCode()).isEqualTo(302);
        assertThat(other.headers().firstValue("Location")).contains("/v1/live/client.js");
        assertThat(other.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void theTypesAreBesideIt() throws Exception {
        assertThat(get("client.d.ts").body()).contains("export function connect(options?: Options): Live;");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(live.resolve(path)).GET();
        if (headers.length > 0) {
            request = request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
