package io.lasttable.notify.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.TestFormat;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * A client as client.js is: it applies what it gets and checks that versions only rise. Its socket has room for one frame;
 * while one is on its way, another would be a broken promise.
 */
final class Browser {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final class Socket extends Connection {
        final Queue<String> arriving = new ArrayDeque<>();
        final boolean roomy;

        /** @param roomy takes every frame at once, as a socket does whose peer reads */
        Socket(boolean roomy) {
            super(1);
            this.roomy = roomy;
        }

        @Override
        public Format format() {
            return format;
        }

        @Override
        public boolean write(Frame frame) {
            assertThat(roomy || arriving.isEmpty()).as("one frame in flight").isTrue();
            arriving.add(((TestFormat.TestFrame) frame).text());
            return roomy;
        }

        @Override
        public void overwhelmed() {
            throw new AssertionError("a browser reads what it asks for");
        }

        @Override
        public void visit(long nowMillis) {}

        @Override
        public void bye(long reconnectAfterMillis) {}

        @Override
        public boolean isLeaving() {
            return false;
        }
    }

    private final DayKey key;
    private final String ref;
    private final Format format;
    private Map<String, String> slots = new TreeMap<>();
    private long version;
    private Socket socket;
    private int connections;
    private boolean watching;
    /** Since it came back: a frame has said that it has the newest version. */
    private boolean confirmed = true;

    Browser(DayKey key, String ref, Format format) {
        this.key = key;
        this.ref = ref;
        this.format = format;
        connect();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private void connect() {
        socket = new Socket(connections++ % 2 == 0);
    }

    void toggle(DayWatches watches) {
        if (watching) {
            socket.outbox().unwatch(ref);
        } else {
            confirmed = true;
            watches.watch(socket.outbox(), ref, key, expected(), false);
        }
        watching = !watching;
    }

    /** The version that the browser will have once all that is on its way has arrived. */
    private long expected() {
        return socket.arriving.stream()
                .mapToLong(frame -> json(frame).path("version").asLong())
                .reduce(version, Math::max);
    }

    void reconnect(DayWatches watches) {
        socket.outbox().closed();
        connect();
        watching = true;
        confirmed = false;
        watches.watch(socket.outbox(), ref, key, version, true);
    }

    void close() {
        socket.outbox().closed();
        watching = false;
    }

    void read(int frames) {
        for (int i = 0; i < frames && !socket.arriving.isEmpty(); i++) {
            apply(json(socket.arriving.remove()));
            if (!socket.roomy) {
                socket.outbox().drained();
            }
        }
    }

    void readAll() {
        while (!socket.arriving.isEmpty()) {
            read(1);
        }
    }

    private void apply(JsonNode frame) {
        switch (frame.get("op").asText()) {
            case "error" -> assertThat(frame.get("code").asText()).isEqualTo("not-yet-known");
            case "current" -> {
                confirmed = true;
                assertThat(frame.get("version").asLong()).isEqualTo(version);
            }
            case "change" -> {
                assertThat(frame.get("from").asLong()).isEqualTo(version);
                take(frame);
            }
            default -> {
                slots = new TreeMap<>();
                take(frame);
            }
        }
    }

    private void take(JsonNode frame) {
        confirmed = true;
        assertThat(frame.get("version").asLong()).isGreaterThan(version);
        version = frame.get("version").asLong();
        frame.get("slots").forEach(slot -> slots.put(slot.get("startsAt").asText(), slot.toString()));
    }

    void hasNewest(LivePlatform platform) {
        if (watching) {
            assertThat(version).isEqualTo(platform.newest(key).version());
            assertThat(slots).isEqualTo(TestDays.slots(platform.newest(key)));
            assertThat(confirmed).isTrue();
        }
    }
}
