package io.lasttable.notify.sse;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.hub.LiveMetrics;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;

/** One open event stream. On its event loop only. */
final class EventStream extends Connection {

    private static final Buffer PING = Buffer.buffer(": ping\n\n");

    private final HttpServerResponse response;
    private final LiveMetrics metrics;
    private final long silenceMillis;
    private boolean leaving;
    private boolean waiting;
    private long waitingSince;

    EventStream(HttpServerResponse response, LiveMetrics metrics, Duration silence) {
        super(1);
        this.response = response;
        this.metrics = metrics;
        this.silenceMillis = silence.toMillis();
    }

    @Override
    public Format format() {
        return EventFrame.EVENTS;
    }

    @Override
    public boolean write(Frame frame) {
        Buffer event = ((EventFrame) frame).event();
        metrics.wrote(event.length());
        return left(response.write(event));
    }

    private boolean left(Future<Void> written) {
        if (written.isComplete()) {
            return true;
        }
        waiting = true;
        waitingSince = Clock.systemUTC().millis();
        written.onSuccess(done -> {
            waiting = false;
            outbox().drained();
        });
        return false;
    }

    void over() {
        outbox().closed();
    }

    @Override
    public void overwhelmed() {
        cut();
    }

    /** A comment keeps load balancers from closing a quiet stream; who has not taken the last event for long is gone. */
    @Override
    public void visit(long nowMillis) {
        if (leaving) {
            return;
        }
        if (!waiting) {
            var unused = response.write(PING);
        } else if (nowMillis - waitingSince > silenceMillis) {
            cut();
        }
    }

    private void cut() {
        outbox().closed();
        response.reset();
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public void bye(long reconnectAfterMillis) {
        leaving = true;
        outbox().closed();
        Buffer retry = Buffer.buffer("retry: " + reconnectAfterMillis + "\n");
        EventFrame bye = (EventFrame) format().encode(Message.bye(reconnectAfterMillis));
        var unused = response.end(retry.appendBuffer(bye.event()));
    }
}
