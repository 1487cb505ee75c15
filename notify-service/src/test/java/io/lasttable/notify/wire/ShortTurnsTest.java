package io.lasttable.notify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real loop with real connections. */
class ShortTurnsTest {

    private static final int MANY = 100;

    private final List<Socket> clients = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private EventLoopGroup loops;
    private EventLoop loop;

    @BeforeEach
    void start() {
        ShortTurns transport = new ShortTurns();
        assumeTrue(transport.isAvailable(), "epoll is Linux'");
        loops = transport.eventLoopGroup(Transport.IO_EVENT_LOOP_GROUP, 1, Thread::new, 50);
        loop = (EventLoop) loops.iterator().next();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void vertxFindsIt() {
        assertThat(ServiceLoader.load(Transport.class)).hasAtLeastOneElementOfType(ShortTurns.class);
    }

    @Test
    void whatIsDueWaitsForAFewOfManyReadyConnections() throws Exception {
        connect(listen());
        CountDownLatch loopIsBusy = new CountDownLatch(1);
        CountDownLatch allSent = new CountDownLatch(1);
        AtomicInteger readBefore = new AtomicInteger(-1);
        loop.execute(() -> {
            loopIsBusy.countDown();
            awaitUninterrupted(allSent);
            var due = loop.schedule(() -> readBefore.set(reads.get()), 0, TimeUnit.NANOSECONDS);
            assert due != null;
        });
        loopIsBusy.await();
        for (Socket client : clients) {
            client.getOutputStream().write(1);
        }
        allSent.countDown();
        await().untilAsserted(() -> assertThat(reads).hasValue(MANY));
        assertThat(readBefore.get()).isBetween(0, ShortTurns.CONNECTIONS_A_TURN);
    }

    @Test
    void whatIsDueComesBetweenTheStepsOfLongWork() {
        AtomicInteger steps = new AtomicInteger();
        AtomicInteger stepsBefore = new AtomicInteger(-1);
        loop.execute(() -> {
            step(steps);
            var due = loop.schedule(() -> stepsBefore.set(steps.get()), 0, TimeUnit.NANOSECONDS);
            assert due != null;
        });
        await().untilAsserted(() -> assertThat(steps).hasValue(MANY));
        assertThat(stepsBefore.get()).isBetween(1, 2);
    }

    private void step(AtomicInteger steps) {
        if (steps.incrementAndGet() < MANY) {
            new Loop(loop).nextTurn(() -> step(steps));
        }
    }

    private Channel listen() throws InterruptedException {
        return new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var pipeline = channel.pipeline().addLast(new Counting());
                        assert pipeline != null;
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    private void connect(Channel server) throws Exception {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        for (int i = 0; i < MANY; i++) {
            clients.add(new Socket("127.0.0.1", port));
            clients.get(i).getOutputStream().write(1);
        }
        await().untilAsserted(() -> assertThat(reads).hasValue(MANY));
        reads.set(0);
    }

    private final class Counting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            reads.incrementAndGet();
            boolean released = ReferenceCountUtil.release(message);
            assert released;
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
