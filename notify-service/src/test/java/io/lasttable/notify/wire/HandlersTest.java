package io.lasttable.notify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** What an upgrade of Quarkus that moves its handlers says. */
class HandlersTest {

    private final ChannelPipeline pipeline = new EmbeddedChannel().pipeline();

    private static ChannelHandler handler() {
        return new ChannelInboundHandlerAdapter();
    }

    @Test
    void whoeverIsNotWhereItWasIsNamed() {
        pipeline.addLast("frames", handler());
        assertThatThrownBy(() -> Handlers.find(pipeline, Handlers.FRAME_ENCODER))
                .isInstanceOf(Handlers.Moved.class)
                .hasMessageContaining("'wsencoder'")
                .hasMessageContaining("[frames")
                .hasMessageContaining("this version of Quarkus");
        assertThatThrownBy(() -> Handlers.stand(pipeline, "ours", handler()))
                .isInstanceOf(Handlers.Moved.class)
                .hasMessageContaining("'handler'");
    }

    @Test
    void aNewRequestTakesThePlaceOfTheOneBefore() {
        ChannelHandler second = handler();
        pipeline.addLast("handler", handler());
        Handlers.stand(pipeline, "ours", handler());
        Handlers.stand(pipeline, "ours", second);
        assertThat(pipeline.get("ours")).isSameAs(second);
        assertThat(pipeline.names()).containsSubsequence("ours", "handler").hasSize(3);
    }
}
