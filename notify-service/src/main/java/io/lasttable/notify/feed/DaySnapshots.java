package io.lasttable.notify.feed;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Asks availability-service for a day's document. */
@ApplicationScoped
public class DaySnapshots {

    /** What the read side answered. */
    public sealed interface Answer {

        record Found(DayState state) implements Answer {}

        /** @param code {@code unknown-venue} or {@code unknown-day} */
        record Missing(String code) implements Answer {}

        /** Down, slow or broken: ask again later. */
        record Unavailable(String why) implements Answer {}
    }

    private record Reply(int status, String body) {}

    private final io.vertx.core.http.HttpClient http;
    private final NotifyConfig config;

    DaySnapshots(Vertx vertx, NotifyConfig config) {
        this.http = vertx.createHttpClient();
        this.config = config;
    }

    /** Calls back on any thread, exactly once. */
    public void fetch(DayKey key, BiConsumer<DayKey, Answer> then) {
        RequestOptions request = new RequestOptions()
                .setAbsoluteURI(config.availabilityUrl() + "/v1/venues/" + key.venueId() + "/days/" + key.date())
                .setMethod(HttpMethod.GET)
                .setTimeout(config.snapshot().timeout().toMillis());
        var asked = http.request(request)
                .compose(call -> call.send())
                .compose(response -> response.body().map(body -> new Reply(response.statusCode(), body.toString())))
                .onComplete(result -> then.accept(
                        key,
                        result.succeeded()
                                ? answer(result.result())
                                : new Answer.Unavailable(
                                        String.valueOf(result.cause().getMessage()))));
        assert asked != null;
    }

    private static Answer answer(Reply reply) {
        try {
            return switch (reply.status()) {
                case 200 -> new Answer.Found(DayDocument.parse(reply.body()));
                case 404 -> missing(new JsonObject(reply.body()).getString("type", ""));
                default -> new Answer.Unavailable("status " + reply.status());
            };
        } catch (IOException | RuntimeException e) {
            return new Answer.Unavailable("not understood: " + e.getMessage());
        }
    }

    private static Answer missing(String type) {
        return switch (type) {
            case "/problems/unknown-venue" -> new Answer.Missing("unknown-venue");
            case "/problems/unknown-day" -> new Answer.Missing("unknown-day");
            default -> new Answer.Unavailable("404 without a known type");
        };
    }
}
