package io.lasttable.notify.wire;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** An event loop, as the other rooms use it. Equal for the same loop. */
public record Loop(EventLoop loop) {

    /** The loop that this call runs on. */
    public static Loop current() {
        return new Loop(ContextInternal.current().nettyEventLoop());
    }

    /** The loop of the request's connection, which with many loops need not be the one that handles the request. */
    public static Loop of(HttpServerRequest request) {
        return new Loop(((ConnectionBase) request.connection()).channel().eventLoop());
    }

    /** Goes on where this call runs now, with the same request in mind; to be used on the same loop. */
    public static Executor sameContext() {
        ContextInternal context = (ContextInternal) Vertx.currentContext();
        return task -> context.emit(task, Runnable::run);
    }

    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    public void execute(Runnable task) {
        loop.execute(task);
    }

    /**
     * Runs a task in the loop's next turn. A task that hands the rest of its work to {@link #execute} goes on in this one: 64
     * times before Netty looks at the clock, and before it looks at timers or connections.
     */
    public void nextTurn(Runnable task) {
        later(0, task);
    }

    public void later(long nanos, Runnable task) {
        var unused = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    public void everySecond(Runnable task) {
        var unused = loop.scheduleAtFixedRate(task, 1, 1, TimeUnit.SECONDS);
    }
}
