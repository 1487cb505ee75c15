package io.lasttable.notify.sse;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.live.Admission;
import io.lasttable.notify.live.Admission.Refusal;
import io.lasttable.notify.live.LiveMetrics;
import io.lasttable.notify.live.Shard;
import io.lasttable.notify.live.Shards;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
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

    private final Shards shards;
    private final Admission admission;
    private final LiveMetrics metrics;
    private final NotifyConfig config;

    DayEvents(Shards shards, Admission admission, LiveMetrics metrics, NotifyConfig config) {
        this.shards = shards;
        this.admission = admission;
        this.metrics = metrics;
        this.config = config;
    }

    void register(@Observes Router router) {
        var route = router.get("/v1/live/venues/:venueId/days/:date").handler(this::stream);
        assert route != null;
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
        ContextInternal context = ContextInternal.current();
        Shard shard = shards.of(context.nettyEventLoop());
        String caller = admission.caller(request.request());
        EventStream stream = new EventStream(response, metrics, config.live().silence());
        var watched = response.closeHandler(closed -> {
            stream.over();
            shard.remove(stream);
            admission.closed(caller);
        });
        assert watched == response;
        admission.opened(caller);
        shard.add(stream);
        shards.welcome(stream);
        shard.days().watch(stream.client(), REF, key, lastEventId(request), true);
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
        var ended = response.putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", refusal.type())
                        .put("title", refusal.title())
                        .put("status", refusal.status())
                        .put("detail", detail)
                        .encode());
        assert ended != null;
    }
}
