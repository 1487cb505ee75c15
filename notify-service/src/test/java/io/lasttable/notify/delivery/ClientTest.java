package io.lasttable.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final TestFormat format = new TestFormat();

    @Test
    void whoSendsWithoutReadingIsEnded() {
        TestOutlet outlet = new TestOutlet(format, false);
        Client client = new Client(outlet, 1);
        for (int i = 0; i < 257; i++) {
            client.unwatch("nothing");
        }
        assertThat(outlet.isOverwhelmed()).isFalse();
        client.unwatch("nothing");
        assertThat(outlet.isOverwhelmed()).isTrue();
    }

    @Test
    void answersComeInOrderOneAtATime() {
        TestOutlet outlet = new TestOutlet(format, false);
        Client client = new Client(outlet, 1);
        for (int i = 0; i < 5; i++) {
            client.unwatch("r" + i);
        }
        List<String> read = new ArrayList<>();
        for (String frame = outlet.read(client); frame != null; frame = outlet.read(client)) {
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
        TestOutlet outlet = new TestOutlet(format, true);
        Client client = new Client(outlet, 1);
        client.closed();
        client.reply(Message.hello("s", 1));
        assertThat(outlet.read(client)).isNull();
    }
}
