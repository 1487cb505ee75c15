package io.lasttable.booking.limits;

import static io.lasttable.booking.BookingWorld.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestSecurity(user = "poller")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:read"),
            @Claim(key = "venue_ids", value = "*")
        })
class SharesTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TestHTTPResource("/v1/venues/polled/changes?after=now&wait=2")
    URI changes;

    @Test
    void oneClientHasItsShareOfWaitingPollsAndNoMore() throws Exception {
        publish("polled", "T1");
        List<CompletableFuture<HttpResponse<String>>> polls =
                Stream.generate(this::poll).limit(3).toList();
        await().until(() -> polls.stream().anyMatch(CompletableFuture::isDone));
        HttpResponse<String> refused = polls.stream()
                .filter(CompletableFuture::isDone)
                .findFirst()
                .orElseThrow()
                .get();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        for (var poll : polls) {
            assertThat(poll.get().statusCode()).isIn(200, 429);
        }
        await().until(() -> poll().get().statusCode() == 200);
    }

    private CompletableFuture<HttpResponse<String>> poll() {
        return http.sendAsync(
                HttpRequest.newBuilder(changes)
                        .header("X-Forwarded-For", "203.0.113.30")
                        .build(),
                BodyHandlers.ofString());
    }
}
