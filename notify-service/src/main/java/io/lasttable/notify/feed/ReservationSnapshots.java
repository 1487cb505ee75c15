package io.lasttable.notify.feed;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Asks booking-service for reservations and waitlist entries, in the name of the guest who watches. */
@ApplicationScoped
public class ReservationSnapshots {

    private static final String TOKEN_HEADER = "Lasttable-Watch-Token";

    private final Vertx vertx;
    private final NotifyConfig config;
    private final HttpClient http;
    private final Map<Subject, String> tokens = new ConcurrentHashMap<>();
    private Asking<Subject, Change> asking;

    ReservationSnapshots(Vertx vertx, NotifyConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(config.snapshot().concurrency()));
    }

    /** Called once, before the first {@link #fetch}. */
    public void start(Predicate<Subject> wanted, BiConsumer<Subject, Answer<Change>> listener) {
        asking = new Asking<>(vertx, config.snapshot(), this::ask, wanted, listener);
    }

    /** Asks until there is an answer or nobody wants the subject any more. Any thread. */
    public void fetch(Subject subject, String token) {
        tokens.put(subject, token);
        asking.ask(subject);
    }

    /** Nobody watches the subject any more. */
    public void forget(Subject subject) {
        tokens.remove(subject);
    }

    private Future<Answer<Change>> ask(Subject subject) {
        String path = subject.kind() == Subject.Kind.WAITLIST ? "/v1/waitlist/" : "/v1/reservations/";
        return http.request(new RequestOptions()
                        .setAbsoluteURI(config.bookingUrl() + path + subject.id())
                        .setMethod(HttpMethod.GET)
                        .putHeader(TOKEN_HEADER, tokens.getOrDefault(subject, ""))
                        .setTimeout(config.snapshot().timeout().toMillis()))
                .compose(call -> call.send())
                .compose(response ->
                        response.body().map(body -> answer(subject, response.statusCode(), body.getBytes())));
    }

    private static Answer<Change> answer(Subject subject, int status, byte[] body) {
        try {
            return switch (status) {
                case 200 -> found(subject, ChangeDocument.parse(subject.kind(), body));
                case 401, 403 -> new Answer.Missing<>("token-invalid", "The token is not accepted for it.");
                case 404, 410 -> new Answer.Missing<>("unknown-reservation", "It does not exist any more.");
                default -> new Answer.Unavailable<>("status " + status);
            };
        } catch (IOException | RuntimeException e) {
            return new Answer.Unavailable<>("not understood: " + e.getMessage());
        }
    }

    private static Answer<Change> found(Subject subject, Change change) {
        return change.subject().equals(subject)
                ? new Answer.Found<>(change)
                : new Answer.Unavailable<>("answered with " + change.subject());
    }
}
