package io.lasttable.notify.sse;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.hub.Admission;
import io.lasttable.notify.hub.Admission.Refusal;
import io.lasttable.notify.hub.Hub;
import io.lasttable.notify.hub.LiveMetrics;
import io.lasttable.notify.hub.Shard;
import io.lasttable.notify.wire.Loop;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * {@code GET /v1/live/venues/{venueId}/days/{date}}: each event's data is a frame of the live socket, its id the version that
 * the client has afterwards; {@code Last-Event-ID} resumes, and the comment {@code : current} says that nothing is newer.
 * The same watches, limits and drain as on the socket.
 */
@ApplicationScoped
class DayEvents {

    private static final String REF = "day";

    private final Hub hub;
    private final Admission admission;
    private final LiveMetrics metrics;
    private final NotifyConfig config;

    DayEvents(Hub hub, Admission admission, LiveMetrics metrics, NotifyConfig config) {
        this.hub = hub;
        this.admission = admission;
        this.metrics = metrics;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.get("/v1/live/venues/:venueId/days/:date").handler(this::stream);
    }

    private void stream(RoutingContext request) {
        Optional<DayKey> key = DayKey.of(request.pathParam("venueId"), request.pathParam("date"));
        Optional<Refusal> refusal = admission.refuse(request.request());
        if (key.isEmpty()) {
            refuse(
                    request,
                    new Refusal(400, "/problems/validation-error", "The request is not valid", 0),
                    "The path is /v1/live/venues/{venueId}/days/{yyyy-MM-dd}.");
        } else if (refusal.isPresent()) {
            refuse(request, refusal.get(), "Come back later.");
        } else {
            open(request, key.get());
        }
    }

    private void open(RoutingContext request, DayKey key) {
        HttpServerResponse response = request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        Shard shard = hub.of(Loop.current());
        String caller = admission.caller(request.request());
        EventStream stream = new EventStream(response, metrics, config.live().silence());
        response.closeHandler(closed -> {
            stream.over();
            shard.remove(stream);
            admission.closed(caller);
        });
        admission.opened(caller);
        shard.add(stream);
        hub.welcome(stream);
        shard.days().watch(stream.outbox(), REF, key, lastEventId(request), true);
    }

    private static long lastEventId(RoutingContext request) {
        String id = request.request().getHeader("Last-Event-ID");
        return id != null && id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    }

    private static void refuse(RoutingContext request, Refusal refusal, String detail) {
        HttpServerResponse response = request.response().setStatusCode(refusal.status());
        if (refusal.retryAfterSeconds() > 0) {
            response.putHeader("Retry-After", String.valueOf(refusal.retryAfterSeconds()));
        }
        var unused = response.putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", refusal.type())
                        .put("title", refusal.title())
                        .put("status", refusal.status())
                        .put("detail", detail)
                        .encode());
    }
}
