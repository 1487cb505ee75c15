package io.lasttable.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new RequestDeadline(), new HttpRequestDecoder());

    @AfterEach
    void end() {
        boolean some = channel.finishAndReleaseAll();
        assertThat(channel.isOpen()).as("messages were left: %s", some).isFalse();
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsEnded() {
        pass(RequestDeadline.SILENCE_SECONDS - 1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aHeadThatDripsEndsItsConnection() {
        send("GET / HTTP/1.1\r\n");
        for (int i = 1; i < RequestDeadline.HEAD_SECONDS; i++) {
            pass(1);
            send("A: b\r\n");
        }
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatDripsEndsItsConnection() {
        send(POST);
        for (int i = 1; i < RequestDeadline.WHOLE_SECONDS; i++) {
            pass(1);
            send("x");
        }
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aConnectionMayRestBetweenItsRequests() {
        send(GET);
        pass(3600);
        send(POST.substring(0, 20));
        pass(RequestDeadline.HEAD_SECONDS - 1);
        send(POST.substring(20));
        pass(RequestDeadline.WHOLE_SECONDS - 1);
        send("x".repeat(100));
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aHeadIsTimedAfterAnotherOnTheSameConnection() {
        send(GET);
        send("GET");
        pass(RequestDeadline.HEAD_SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatHasBecomeASocketIsLeftAlone() {
        send(GET);
        channel.pipeline().remove(HttpRequestDecoder.class);
        send("a frame");
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().get(RequestDeadline.class)).isNull();
        assertThat(channel.pipeline().names())
                .as("only the tail of every pipeline")
                .hasSize(1);
    }

    private void send(String bytes) {
        boolean decoded = channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
        assertThat(decoded || channel.isOpen()).isTrue();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }
}
