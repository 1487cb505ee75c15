package io.lasttable.notify.wire;

import io.lasttable.edge.RequestDeadline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.ThreadFactory;

/**
 * Vert.x' epoll transport with event loops that take short turns. Found by Vert.x as a service; without epoll it has its own.
 *
 * <p>A turn of Netty's loop handles all connections that the system says are ready (thousands, with the transport's own
 * settings), then moves the timers that are due to the end of its queue of tasks, and runs tasks for as long as the first half
 * took, but at least {@value #TASKS_A_TURN}. So what is due waits for a whole turn and for the queue as it is then. Three
 * things keep both short: few connections a turn, each of which adds a few tasks, so that a turn's tasks are done within the
 * turn; {@link Arrivals}; and long work by {@link Pace}, which goes on in the next turn and not in this one's queue.
 */
public final class ShortTurns extends EpollTransport {

    static final int TASKS_A_TURN = 64;

    /** A connection that is ready adds up to four tasks: its end, for one, two of Netty's and one of the extension's. */
    static final int CONNECTIONS_A_TURN = TASKS_A_TURN / 4;

    private static final int ARRIVALS_A_LOOP = 16;

    /**
     * What clients send is short: one size of 2 KB for all reads, instead of a guess that is kept for each connection. Set
     * here, since the option of Vert.x would change the system's buffers too.
     */
    private static final RecvByteBufAllocator RECEIVING = new FixedRecvByteBufAllocator(2_048);

    /**
     * Of a client that does not read the system would take hundreds of states, each old by the time it leaves. With so much
     * unsent (a few whole days) it takes no more, and the newest state is sent instead once there is room.
     */
    static final long MOST_UNSENT_BYTES = 16_384;

    private int loops;

    @Override
    @SuppressWarnings("deprecation") // the one constructor that takes the number; the others pass 0, which is all
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        if (type == IO_EVENT_LOOP_GROUP) {
            loops = threads;
        }
        EpollEventLoopGroup group = new EpollEventLoopGroup(threads, factory, CONNECTIONS_A_TURN);
        group.setIoRatio(ioRatio);
        return group;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        bootstrap.handler(new Arrivals(ARRIVALS_A_LOOP * loops));
        bootstrap.childOption(ChannelOption.RCVBUF_ALLOCATOR, RECEIVING);
        RequestDeadline.on(bootstrap);
        bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT_BYTES);
    }
}
