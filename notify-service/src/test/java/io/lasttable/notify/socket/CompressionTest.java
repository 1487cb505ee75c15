package io.lasttable.notify.socket;

import static io.lasttable.notify.world.RawSocket.CLOSE;
import static io.lasttable.notify.world.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.notify.hub.Hub;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.Management;
import io.lasttable.notify.world.Publisher;
import io.lasttable.notify.world.RawSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** permessage-deflate (RFC 7692) where it is switched on, both ways, with the window kept from message to message. */
@QuarkusTest
@TestProfile(CompressionTest.On.class)
class CompressionTest {

    public static final class On implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("LASTTABLE_LIVE_COMPRESSION", "true");
        }
    }

    private static final int RSV1 = 4;
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/v1/live")
    URI live;

    @Inject
    Hub hub;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final Inflater inflater = new Inflater(true);
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    @BeforeEach
    void ready() {
        Management.awaitReady();
    }

    private RawSocket offering(String extensions) throws IOException {
        RawSocket socket = new RawSocket(live);
        String answer = socket.upgrade("GET /v1/live HTTP/1.1", extensions);
        assertThat(answer).startsWith("HTTP/1.1 101");
        return socket;
    }

    @Test
    void whoNegotiatesItIsSentCompressedFramesAndMaySendThem() throws Exception {
        try (RawSocket socket = offering("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            assertThat(socket.answer()).containsIgnoringCase("sec-websocket-extensions: permessage-deflate\r\n");
            assertThat(inflated(socket).get("op").asText()).isEqualTo("hello");
            socket.frame(
                    COMPRESSED_TEXT,
                    true,
                    deflated("{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-1\",\"date\":\"2026-11-28\"}"));
            RawSocket.Frame frame = socket.next(TEXT);
            JsonNode day = inflated(frame);
            assertThat(day.get("version").asInt()).isEqualTo(18);
            assertThat(frame.payload().length).isLessThan(day.toString().length() * 2 / 3);

            Publisher publisher = new Publisher(bootstrapServers);
            for (int version = 19; version < 22; version++) {
                ObjectNode next = Days.day("known-1", version);
                ((ObjectNode) next.get("slots").get(1).get("left")).put("2", version);
                publisher.day(next);
                JsonNode change = inflated(socket);
                assertThat(change.get("op").asText()).isEqualTo("change");
                assertThat(change.get("from").asInt()).isEqualTo(version - 1);
                assertThat(change.get("slots").get(0).get("left").get("2").asInt())
                        .isEqualTo(version);
            }
        }
    }

    @Test
    void whoOffersNothingIsSentPlainFrames() throws Exception {
        try (RawSocket socket = offering("")) {
            assertThat(socket.answer()).doesNotContainIgnoringCase("sec-websocket-extensions");
            plainDay(socket);
        }
    }

    /** A window forgotten after each message is not offered: the answer declines, and frames are plain. */
    @Test
    void whoAsksForWhatIsNotOfferedIsSentPlainFrames() throws Exception {
        String asked = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";
        try (RawSocket socket = offering(asked)) {
            assertThat(socket.answer()).doesNotContainIgnoringCase("sec-websocket-extensions");
            plainDay(socket);
        }
    }

    @Test
    void whatCannotBeInflatedEndsTheConnectionAndFreesItsPlace() throws Exception {
        await().until(() -> hub.connections() == 0);
        try (RawSocket socket = offering("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            assertThat(inflated(socket).get("op").asText()).isEqualTo("hello");
            assertThat(hub.connections()).isEqualTo(1);
            socket.frame(COMPRESSED_TEXT, true, new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3, 4, 5});
            assertThat(socket.next(CLOSE).closeCode()).isEqualTo(1002);
            await().until(() -> hub.connections() == 0);
        }
    }

    private static void plainDay(RawSocket socket) throws IOException {
        socket.text("{'op':'watch','ref':'a','venueId':'known-2','date':'2026-11-28'}");
        assertThat(socket.nextText("\"day\"")).contains("\"version\":18");
    }

    private JsonNode inflated(RawSocket socket) throws IOException, DataFormatException {
        return inflated(socket.next(TEXT));
    }

    /** RFC 7692, section 7.2.2. */
    private JsonNode inflated(RawSocket.Frame frame) throws IOException, DataFormatException {
        assertThat(frame.reserved()).isEqualTo(RSV1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        for (byte[] input : new byte[][] {frame.payload(), TAIL}) {
            inflater.setInput(input);
            for (int got = inflater.inflate(part); got > 0; got = inflater.inflate(part)) {
                text.write(part, 0, got);
            }
        }
        return MAPPER.readTree(text.toString(UTF_8));
    }

    /** RFC 7692, section 7.2.1. */
    private byte[] deflated(String text) {
        byte[] out = new byte[4096];
        deflater.setInput(text.getBytes(UTF_8));
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return java.util.Arrays.copyOf(out, length - TAIL.length);
    }
}
