package io.lasttable.notify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections whose loops run when the test says so. */
class ArrivalsTest {

    private static final int MANY = 1000;
    private static final int MOST = 32;

    private final List<EmbeddedChannel> handedOn = new ArrayList<>();
    private final EmbeddedChannel server = new EmbeddedChannel(new Arrivals(MOST), new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            handedOn.add((EmbeddedChannel) accepted);
        }
    });
    private final List<EmbeddedChannel> accepted =
            Stream.generate(() -> new EmbeddedChannel()).limit(MANY).toList();

    @AfterEach
    void closeAll() {
        accepted.forEach(EmbeddedChannel::close);
        server.close();
    }

    @Test
    void ofManyAFewAreHandedOnUntilTheirLoopsHaveComeToThem() {
        server.writeInbound(accepted.toArray());
        assertThat(handedOn).hasSize(MOST);
        comeTo(handedOn.subList(0, MOST / 2 - 1));
        assertThat(handedOn).hasSize(MOST);
        comeTo(handedOn.subList(MOST / 2 - 1, MOST / 2));
        assertThat(handedOn).hasSize(MOST + MOST / 2);
    }

    @Test
    void allAreHandedOnInTheEndInTheOrderInWhichTheyCame() {
        server.writeInbound(accepted.toArray());
        for (int begun = 0; begun < handedOn.size(); begun++) {
            comeTo(List.of(handedOn.get(begun)));
        }
        assertThat(handedOn).containsExactlyElementsOf(accepted);
    }

    @Test
    void whoWaitsWhenTheServerClosesIsClosed() {
        server.writeInbound(accepted.toArray());
        server.close();
        assertThat(accepted.subList(MOST, MANY)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(handedOn).hasSize(MOST).allMatch(EmbeddedChannel::isOpen);
    }

    private void comeTo(List<EmbeddedChannel> some) {
        List.copyOf(some).forEach(EmbeddedChannel::runPendingTasks);
        server.runPendingTasks();
    }
}
