package io.lasttable.notify.sse;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.Client;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.live.LiveHub;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * {@code GET /v1/live/venues/{venueId}/days/{date}}: each event's data is a frame of the live socket, its id the version that
 * the client has afterwards; {@code Last-Event-ID} resumes, and the comment {@code : current} says that nothing is newer. As on the socket one write is in flight at most. A comment line
 * in the server's ping interval keeps load balancers from closing a quiet stream.
 */
@ApplicationScoped
class DayEvents {

    private static final String REF = "day";

    private final LiveHub hub;
    private final NotifyConfig config;
    private final Vertx vertx;

    DayEvents(LiveHub hub, NotifyConfig config, Vertx vertx) {
        this.hub = hub;
        this.config = config;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        var route = router.get("/v1/live/venues/:venueId/days/:date").handler(this::stream);
        assert route != null;
    }

    private void stream(RoutingContext request) {
        Optional<DayKey> key = DayKey.of(request.pathParam("venueId"), request.pathParam("date"));
        if (key.isEmpty()) {
            refuse(request);
            return;
        }
        HttpServerResponse response = request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        Client[] self = new Client[1];
        self[0] = new Client(frame -> write(response, self[0], event(frame)));
        long pings = vertx.setPeriodic(config.live().pingInterval().toMillis(), tick -> {
            var written = response.write(": ping\n\n");
            assert written != null;
        });
        var watched = response.endHandler(end -> vertx.cancelTimer(pings)).closeHandler(closed -> {
            boolean cancelled = vertx.cancelTimer(pings);
            hub.run(w -> w.closed(self[0]));
            assert cancelled || response.closed();
        });
        assert watched != null;
        long has = lastEventId(request);
        hub.run(w -> w.watch(self[0], REF, key.get(), has, true));
    }

    private void write(HttpServerResponse response, Client client, String event) {
        var written = response.write(event)
                .onComplete(result -> hub.run(w -> {
                    if (result.succeeded()) {
                        w.sent(client);
                    } else {
                        w.closed(client);
                    }
                }));
        assert written != null;
    }

    /** An error frame goes out as an event named {@code error-frame}, since {@code error} is the browser's own. */
    private static String event(String frame) {
        JsonObject json = new JsonObject(frame);
        if (json.getString("op").equals("current")) {
            return ": current " + json.getLong("version") + "\n\n";
        }
        String head =
                json.getString("op").equals("error") ? "event: error-frame\n" : "id: " + json.getLong("version") + "\n";
        return head + "data: " + frame + "\n\n";
    }

    private static long lastEventId(RoutingContext request) {
        String id = request.request().getHeader("Last-Event-ID");
        return id != null && id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    }

    private static void refuse(RoutingContext request) {
        var ended = request.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "/problems/validation-error")
                        .put("title", "The request is not valid")
                        .put("status", 400)
                        .put("detail", "The path is /v1/live/venues/{venueId}/days/{yyyy-MM-dd}.")
                        .encode());
        assert ended != null;
    }
}
