package io.lasttable.booking.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.security.Operations.Operation;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Requests that nobody meant, to every operation, with a token that opens everything: each is answered, and none with a fault
 * of ours. {@code -Dfuzz.requests} sends more, {@code -Dfuzz.seed} others.
 */
@QuarkusTest
class FuzzTest {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "0",
            "-1",
            "99999999999999999999",
            "1e999",
            "NaN",
            "null",
            "true",
            "*",
            "'",
            "\"",
            "%",
            "\u0000",
            "\ud800",
            "\u202e",
            "2026-02-30",
            "+999999999-12-31",
            "-999999999-01-01",
            "2026-11-28T19:00",
            "24:00",
            "PT999999999999H",
            "P-1D",
            "now",
            "00000000-0000-4000-8000-000000000000",
            cursor("+999999999-12-31/+1000000000-12-31T23:59:59Z/00000000-0000-4000-8000-000000000000"),
            cursor("a/b/c"),
            "x".repeat(3_000));

    /** A longer first line is refused by the HTTP server, with 414 and the end of the connection, before the service sees it. */
    private static final int LONGEST_TARGET = 3_900;

    private final HttpClient http = HttpClient.newHttpClient();
    private final long seed = Long.getLong("fuzz.seed", 42);
    private final Random random = new Random(seed);

    @TestHTTPResource
    URI url;

    @ConfigProperty(name = "lasttable-test.token-key")
    String privateKey;

    @ConfigProperty(name = "quarkus.oidc.public-key")
    String publicKey;

    @Test
    void whateverIsSentIsAnsweredAndIsNoFaultOfOurs() throws Exception {
        String good = "Bearer " + new Tokens(privateKey, publicKey, "").good();
        List<Operation> operations = Operations.all();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("fuzz.requests", 600); i++) {
            Operation operation = operations.get(i % operations.size());
            HttpRequest request = request(operation, good);
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            boolean isProblem =
                    answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
            if (answer.statusCode() >= 500 || answer.statusCode() >= 400 && !isProblem) {
                wrong.add(answer.statusCode() + " " + request.method() + " " + request.uri() + " " + answer.body());
            }
        }
        assertThat(wrong).as("-Dfuzz.seed=" + seed).isEmpty();
    }

    private HttpRequest request(Operation operation, String good) {
        StringBuilder target = new StringBuilder(operation.path(Map.of(
                "venueId",
                encoded(mostly("fuzz-venue")),
                "id",
                encoded(odd()),
                "blockId",
                encoded(odd()),
                "eventId",
                encoded(odd()),
                "secret",
                encoded(odd()),
                "token",
                encoded(odd()))));
        char before = '?';
        for (String name : operation.queries()) {
            String value = encoded(odd());
            boolean fits = target.length() + name.length() + value.length() < LONGEST_TARGET;
            if (random.nextBoolean() && !name.equals("wait") && fits) {
                target.append(before).append(name).append('=').append(value);
                before = '&';
            }
        }
        String body = operation.body();
        for (int i = random.nextInt(4); i > 0 && !body.isEmpty(); i--) {
            body = changed(body);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url.getScheme() + "://" + url.getAuthority() + target))
                .header("Authorization", good)
                .header("Content-Type", mostly(operation.mediaType()))
                .method(operation.method(), BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        for (String header : new String[] {"If-Match", "If-None-Match", "Idempotency-Key", "Lasttable-Watch-Token"}) {
            if (random.nextInt(4) == 0) {
                request = request.header(header, printable(random.nextBoolean() ? "\"1\"" : odd()));
            }
        }
        return request.build();
    }

    /** A body with a piece of it lost, doubled or replaced by something odd. */
    private String changed(String body) {
        int from = random.nextInt(body.length() + 1);
        int to = from + random.nextInt(Math.min(20, body.length() - from) + 1);
        String piece =
                switch (random.nextInt(3)) {
                    case 0 -> "";
                    case 1 -> body.substring(from, to).repeat(2);
                    default -> "\"" + odd() + "\"";
                };
        return body.substring(0, from) + piece + body.substring(to);
    }

    private String mostly(String right) {
        return random.nextInt(8) == 0 ? printable(odd()) : right;
    }

    private String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.isEmpty() ? "_" : text, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static String cursor(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
