package io.lasttable.notify.sse;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.hub.LiveMetrics;
import io.lasttable.notify.wire.Loop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One open event stream. On its event loop only. */
final class EventStream extends Connection {

    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final long LOST_RETRY_MILLIS = 60_000;
    private static final Buffer PING = Buffer.buffer(": ping\n\n");

    private final HttpServerResponse response;
    private final LiveMetrics metrics;
    private final long silenceMillis;
    private final Consumer<EventStream> whenGone;
    private boolean told;
    private boolean leaving;
    private boolean gone;
    private boolean waiting;
    private long waitingSince;

    /** @param whenGone called once, whatever ended it */
    EventStream(HttpServerResponse response, LiveMetrics metrics, Duration silence, Consumer<EventStream> whenGone) {
        super(1);
        this.response = response;
        this.metrics = metrics;
        this.silenceMillis = silence.toMillis();
        this.whenGone = whenGone;
        response.closeHandler(closed -> gone());
        response.endHandler(ended -> gone());
        response.exceptionHandler(broken -> gone());
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
        waitingSince = Loop.millis();
        written.onSuccess(done -> {
            waiting = false;
            outbox().drained();
        });
        return false;
    }

    private void gone() {
        if (!gone) {
            gone = true;
            leaving = true;
            outbox().closed();
            whenGone.accept(this);
        }
    }

    /** Of a day that does not exist there is nothing to come; who asks again does so seldom. */
    @Override
    protected void lost() {
        end(Buffer.buffer("retry: " + LOST_RETRY_MILLIS + "\n\n"));
    }

    private void end(Buffer last) {
        if (!leaving) {
            leaving = true;
            outbox().closed();
            var unused = response.end(last);
        }
    }

    @Override
    public void failed(Throwable why) {
        LOG.errorf(why, "An event stream that could not be sent what is new is cut");
        cut();
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
        leaving = true;
        outbox().closed();
        response.reset();
    }

    @Override
    public boolean isLeaving() {
        return told || leaving;
    }

    @Override
    public void bye(long reconnectAfterMillis) {
        if (!isLeaving()) {
            told = true;
            Buffer retry = Buffer.buffer("retry: " + reconnectAfterMillis + "\n");
            EventFrame bye = (EventFrame) format().encode(Message.bye(reconnectAfterMillis));
            var unused = response.write(retry.appendBuffer(bye.event()));
        }
    }

    @Override
    public void leave() {
        end(Buffer.buffer(": gone\n\n"));
    }
}
