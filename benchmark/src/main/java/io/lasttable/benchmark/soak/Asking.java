package io.lasttable.benchmark.soak;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends a request as often as it takes, under one Idempotency-Key, to whichever replica: as the booking API tells its callers
 * to. An answer is final unless it says to ask again.
 */
final class Asking {

    /** @param doubtful whether an earlier attempt went without an answer, and may still have been done, or be done later */
    record Answer(int status, JsonObject body, boolean doubtful) {

        boolean isDone() {
            return status >= 200 && status < 300;
        }

        String id() {
            return body.getString("id");
        }

        boolean isProblem(String name) {
            return body.getString("type", "").equals("/problems/" + name);
        }
    }

    static final String KEY = "Idempotency-Key";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_PAUSE_MS = 600;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    private final List<URI> replicas;
    private final String token;
    private final Random random;
    private final BooleanSupplier giveUp;

    Asking(List<URI> replicas, String token, Random random, BooleanSupplier giveUp) {
        this.replicas = replicas;
        this.token = token;
        this.random = random;
        this.giveUp = giveUp;
    }

    /** Empty when no answer came before it was time to give up. */
    Optional<Answer> ask(String method, String path, JsonObject body, String header, String value)
            throws InterruptedException {
        boolean doubtful = false;
        while (true) {
            try {
                HttpResponse<String> response =
                        HTTP.send(request(method, path, body, header, value), HttpResponse.BodyHandlers.ofString());
                if (!asksAgain(response)) {
                    return Optional.of(new Answer(response.statusCode(), json(response.body()), doubtful));
                }
                doubtful |= response.statusCode() >= 500;
            } catch (IOException lost) {
                doubtful = true;
            }
            if (giveUp.getAsBoolean()) {
                return Optional.empty();
            }
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(LONGEST_PAUSE_MS));
        }
    }

    /** A double click: both at once, to any replica. What one of them won counts; a key that wins twice says so. */
    Optional<Answer> askTwice(String path, JsonObject body, String key) throws InterruptedException {
        CompletableFuture<Optional<Answer>> other = CompletableFuture.supplyAsync(() -> {
            try {
                return ask("POST", path, body, KEY, key);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Optional<Answer> one = ask("POST", path, body, KEY, key);
        return together(one, other.join());
    }

    private static Optional<Answer> together(Optional<Answer> one, Optional<Answer> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Answer won = one.get().isDone() ? one.get() : other.get();
        Answer second = won == one.get() ? other.get() : one.get();
        if (won.isDone() && second.isDone() && !won.id().equals(second.id())) {
            return Optional.of(new Answer(0, new JsonObject().put("both", won.id() + " and " + second.id()), false));
        }
        return Optional.of(new Answer(won.status(), won.body(), won.doubtful() || second.doubtful()));
    }

    private HttpRequest request(String method, String path, JsonObject body, String header, String value) {
        URI replica = replicas.get(random.nextInt(replicas.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(replica.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()));
        return (header.isEmpty() ? request : request.header(header, value)).build();
    }

    /** Refused without effect for now, or not known what became of it. */
    private static boolean asksAgain(HttpResponse<String> response) {
        int status = response.statusCode();
        return status == 429 || status >= 500 || status == 409 && isUnderWay(response.body());
    }

    private static boolean isUnderWay(String body) {
        return body.contains("/problems/idempotency-key-in-use");
    }

    private static JsonObject json(String body) {
        try {
            return body.isBlank() ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException e) {
            return new JsonObject().put("unreadable", body);
        }
    }
}
