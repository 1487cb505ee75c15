package io.lasttable.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final TestFormat format = new TestFormat();

    @Test
    void whoSendsWithoutReadingIsEnded() {
        TestConnection connection = new TestConnection(format, false);
        Outbox outbox = connection.outbox();
        for (int i = 0; i < 257; i++) {
            outbox.unwatch("nothing");
        }
        assertThat(connection.isOverwhelmed()).isFalse();
        outbox.unwatch("nothing");
        assertThat(connection.isOverwhelmed()).isTrue();
    }

    @Test
    void answersComeInOrderOneAtATime() {
        TestConnection connection = new TestConnection(format, false);
        Outbox outbox = connection.outbox();
        for (int i = 0; i < 5; i++) {
            outbox.unwatch("r" + i);
        }
        List<String> read = new ArrayList<>();
        for (String frame = connection.read(); frame != null; frame = connection.read()) {
            read.add(frame);
        }
        assertThat(read).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(read.get(i)).contains("\"ref\":\"r" + i + "\"");
        }
        assertThat(format.unreleased()).isZero();
    }

    @Test
    void aClosedClientIsSentNothing() {
        TestConnection connection = new TestConnection(format, true);
        Outbox outbox = connection.outbox();
        outbox.closed();
        outbox.reply(Message.hello("s", 1));
        assertThat(connection.read()).isNull();
    }
}
