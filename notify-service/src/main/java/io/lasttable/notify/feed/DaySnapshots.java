package io.lasttable.notify.feed;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Asks availability-service for days' documents. */
@ApplicationScoped
public class DaySnapshots {

    private final Vertx vertx;
    private final NotifyConfig config;
    private final HttpClient http;
    private final MeterRegistry registry;
    private final Timer timer;
    private Asking<DayKey, DayState> asking;

    DaySnapshots(Vertx vertx, NotifyConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(config.snapshot().concurrency()));
        this.registry = registry;
        this.timer = Timer.builder("lasttable.live.snapshot.fetch")
                .description("Time until availability-service has answered for a day")
                .register(registry);
    }

    /** Called once, before the first {@link #fetch}. */
    public void start(Predicate<DayKey> wanted, BiConsumer<DayKey, Answer<DayState>> listener) {
        asking = new Asking<>(vertx, config.snapshot(), this::ask, wanted, listener);
    }

    /** Asks until there is an answer or nobody wants the day any more. Any thread. */
    public void fetch(DayKey key) {
        asking.ask(key);
    }

    private Future<Answer<DayState>> ask(DayKey key) {
        Timer.Sample sample = Timer.start(registry);
        return http.request(new RequestOptions()
                        .setAbsoluteURI(
                                config.availabilityUrl() + "/v1/venues/" + key.venueId() + "/days/" + key.date())
                        .setMethod(HttpMethod.GET)
                        .setTimeout(config.snapshot().timeout().toMillis()))
                .compose(call -> call.send())
                .compose(response -> response.body().map(body -> answer(key, response.statusCode(), body.getBytes())))
                .onComplete(done -> sample.stop(timer));
    }

    private static Answer<DayState> answer(DayKey key, int status, byte[] body) {
        try {
            return switch (status) {
                case 200 -> new Answer.Found<>(DayDocument.parse(key, body, 0));
                case 404 -> missing(key, new JsonObject(new String(body, java.nio.charset.StandardCharsets.UTF_8)));
                default -> new Answer.Unavailable<>("status " + status);
            };
        } catch (IOException | RuntimeException e) {
            return new Answer.Unavailable<>("not understood: " + e.getMessage());
        }
    }

    private static Answer<DayState> missing(DayKey key, JsonObject problem) {
        return switch (problem.getString("type", "")) {
            case "/problems/unknown-venue" ->
                new Answer.Missing<>("unknown-venue", "There is no venue " + key.venueId() + ".");
            case "/problems/unknown-day" ->
                new Answer.Missing<>("unknown-day", "The venue takes no bookings for " + key.date() + ".");
            default -> new Answer.Unavailable<>("404 without a known type");
        };
    }
}
