package io.lasttable.notify.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in a server channel's pipeline and hands accepted connections on to their event loops a few at a time. To build a
 * connection's pipeline is a task in its loop's queue, behind which everything else of that loop has to wait; the acceptor
 * has nothing else to do and would add thousands. Connections wait here and not in the system's queue, since who finds that
 * one full tries again only after seconds.
 */
final class Arrivals extends ChannelInboundHandlerAdapter {

    private final int most;
    private final Queue<Channel> waiting = new ArrayDeque<>();

    /** Connections that their loops have not come to yet. Raised by the acceptor, lowered by the loops. */
    private final AtomicInteger handedOn = new AtomicInteger();

    /** @param most connections that may wait in all loops' queues together, at least 2 */
    Arrivals(int most) {
        this.most = most;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        waiting.add((Channel) accepted);
        handOn(context);
    }

    private void handOn(ChannelHandlerContext context) {
        while (handedOn.get() < most && !waiting.isEmpty()) {
            Channel next = waiting.remove();
            handedOn.incrementAndGet();
            context.fireChannelRead(next);
            if (next.isOpen()) {
                next.eventLoop().execute(() -> begun(context));
            } else {
                begun(context);
            }
        }
    }

    /** Behind the connection's own beginning in its loop's queue. Going down from the most, it passes the half once. */
    private void begun(ChannelHandlerContext context) {
        if (handedOn.decrementAndGet() == most / 2) {
            context.executor().execute(() -> handOn(context));
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.forEach(channel -> channel.unsafe().closeForcibly());
        waiting.clear();
    }
}
