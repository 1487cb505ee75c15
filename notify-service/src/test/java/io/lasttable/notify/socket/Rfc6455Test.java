package io.lasttable.notify.socket;

import static io.lasttable.notify.world.RawSocket.BINARY;
import static io.lasttable.notify.world.RawSocket.CLOSE;
import static io.lasttable.notify.world.RawSocket.CONTINUATION;
import static io.lasttable.notify.world.RawSocket.PING;
import static io.lasttable.notify.world.RawSocket.PONG;
import static io.lasttable.notify.world.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.world.RawSocket;
import io.lasttable.notify.world.RawSocket.Frame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6455 asks of a server, frame by frame; the sections are named beside each case. */
@QuarkusTest
class Rfc6455Test {

    private static final byte[] QUESTION = "{\"op\":\"unwatch\",\"ref\":\"nothing\"}".getBytes(UTF_8);

    @TestHTTPResource("/v1/live")
    URI live;

    private RawSocket open() throws IOException {
        RawSocket raw = RawSocket.open(live);
        assertThat(raw.next(TEXT).text()).startsWith("{\"op\":\"hello\"");
        return raw;
    }

    private static void answers(RawSocket raw) throws IOException {
        assertThat(raw.nextText("unknown-ref")).isNotNull();
    }

    private static void closesWith(RawSocket raw, int code) throws IOException {
        Frame close = raw.next(CLOSE);
        assertThat(close).as("a close frame").isNotNull();
        assertThat(close.closeCode()).isEqualTo(code);
        raw.frame(true, CLOSE, close.payload());
        assertThat(raw.next()).as("the end of the connection").isNull();
    }

    // 4.2: the handshake

    @Test
    void theHandshakeAcceptsTheKeyAndTheSubprotocol() throws IOException {
        try (RawSocket raw = open()) {
            assertThat(raw.answer())
                    .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsIgnoringCase("Sec-WebSocket-Protocol: lasttable.v1")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    /** Compression is off; the first two are what drafts of RFC 7692 called it. */
    @ParameterizedTest
    @ValueSource(strings = {"deflate-frame", "x-webkit-deflate-frame", "permessage-deflate"})
    void noExtensionIsNegotiated(String extension) throws IOException {
        try (RawSocket raw = new RawSocket(live)) {
            assertThat(raw.upgrade("GET /v1/live HTTP/1.1", "Sec-WebSocket-Extensions: " + extension + "\r\n"))
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void anotherVersionIsAnsweredWithTheOneThatIsSpoken() throws IOException {
        try (RawSocket raw = new RawSocket(live)) {
            assertThat(raw.upgrade("GET /v1/live HTTP/1.1", "Sec-WebSocket-Version: 99\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("Sec-WebSocket-Version: 13");
        }
    }

    @ParameterizedTest
    @CsvSource({"Connection: close", "Upgrade: h2c"})
    void aRequestThatIsNoUpgradeIsRefused(String header) throws IOException {
        try (RawSocket raw = new RawSocket(live)) {
            assertThat(raw.upgrade("GET /v1/live HTTP/1.1", header + "\r\n")).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void aClientWithoutTheSubprotocolIsToldByTheCloseCode() throws IOException {
        try (RawSocket raw = new RawSocket(live)) {
            String answer = raw.upgrade("GET /v1/live HTTP/1.1", "Sec-WebSocket-Protocol: chat\r\n");
            assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
            closesWith(raw, 1008);
        }
    }

    // 5.1, 5.2: masks, reserved bits, opcodes, lengths

    @Test
    void anUnmaskedFrameIsAProtocolError() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(0x80 | TEXT, false, QUESTION), 1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
    void aReservedBitIsAProtocolError(int bits) throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(0x80 | bits | TEXT, true, QUESTION), 1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void aReservedOpcodeIsAProtocolError(int opcode) throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(0x80 | opcode, true, new byte[0]), 1002);
        }
    }

    @Test
    void aLengthThatIsNotTheShortestIsAProtocolError() throws IOException {
        try (RawSocket raw = open()) {
            raw.bytes((byte) 0x81, (byte) (0x80 | 126), (byte) 0, (byte) 5);
            closesWith(raw, 1002);
        }
    }

    @Test
    void aFrameInManySmallPiecesIsOneFrame() throws IOException {
        try (RawSocket raw = open()) {
            byte[] whole = new byte[QUESTION.length + 6];
            whole[0] = (byte) 0x81;
            whole[1] = (byte) (0x80 | QUESTION.length);
            System.arraycopy(QUESTION, 0, whole, 6, QUESTION.length);
            for (byte one : whole) {
                raw.bytes(one);
            }
            answers(raw);
        }
    }

    // 5.4: fragments

    @Test
    void fragmentsMakeOneMessageWithControlFramesInBetween() throws IOException {
        try (RawSocket raw = open()) {
            raw.frame(false, TEXT, Arrays.copyOf(QUESTION, 5))
                    .frame(true, PING, "now".getBytes(UTF_8))
                    .frame(false, CONTINUATION, new byte[0])
                    .frame(true, CONTINUATION, Arrays.copyOfRange(QUESTION, 5, QUESTION.length));
            assertThat(raw.next(PONG).text()).isEqualTo("now");
            answers(raw);
        }
    }

    @Test
    void aMessageMayBeginWithAnEmptyFragment() throws IOException {
        try (RawSocket raw = open()) {
            raw.frame(false, TEXT, new byte[0])
                    .frame(false, CONTINUATION, QUESTION)
                    .frame(true, CONTINUATION, new byte[0]);
            answers(raw);
        }
    }

    @Test
    void fragmentsMayPartACharacter() throws IOException {
        byte[] text = "{\"op\":\"unwatch\",\"ref\":\"Zoë €\"}".getBytes(UTF_8);
        try (RawSocket raw = open()) {
            for (int i = 0; i < text.length; i++) {
                boolean last = i == text.length - 1;
                raw.frame(last, i == 0 ? TEXT : CONTINUATION, new byte[] {text[i]});
            }
            assertThat(raw.nextText("unknown-ref")).contains("Zoë €");
        }
    }

    @Test
    void aContinuationOfNothingIsAProtocolError() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, CONTINUATION, QUESTION), 1002);
        }
    }

    @Test
    void aNewMessageInsideAnotherIsAProtocolError() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(false, TEXT, QUESTION).frame(true, TEXT, QUESTION), 1002);
        }
    }

    // 5.5: control frames

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void aPingIsAnsweredWithItsPayload(int length) throws IOException {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 0xFE);
        try (RawSocket raw = open()) {
            assertThat(raw.frame(true, PING, payload).next(PONG).payload()).isEqualTo(payload);
        }
    }

    @Test
    void anUnaskedPongIsIgnored() throws IOException {
        try (RawSocket raw = open()) {
            answers(raw.frame(true, PONG, new byte[] {1}).frame(true, TEXT, QUESTION));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG, CLOSE})
    void aControlFrameIsShortAndWhole(int opcode) throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, opcode, new byte[126]), 1002);
        }
        try (RawSocket raw = open()) {
            closesWith(raw.frame(false, opcode, new byte[0]), 1002);
        }
    }

    // 5.5.1, 7.4: closing

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 3000, 4999})
    void aCloseIsAnsweredInKind(int code) throws IOException {
        try (RawSocket raw = open()) {
            raw.frame(true, CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
            assertThat(raw.next(CLOSE).closeCode()).isEqualTo(code);
            assertThat(raw.next()).isNull();
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredAndEndsTheConnection() throws IOException {
        try (RawSocket raw = open()) {
            assertThat(raw.frame(true, CLOSE, new byte[0]).next(CLOSE)).isNotNull();
            assertThat(raw.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999})
    void aCloseCodeThatMustNotBeSentIsAProtocolError(int code) throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, CLOSE, new byte[] {(byte) (code >> 8), (byte) code}), 1002);
        }
    }

    @Test
    void aCloseWithHalfACodeIsAProtocolError() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, CLOSE, new byte[] {3}), 1002);
        }
    }

    @Test
    void aCloseReasonMustBeUtf8() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xC3, 0x28}), 1007);
        }
    }

    // 8.1: UTF-8

    @ParameterizedTest
    @ValueSource(strings = {"C328", "A0A1", "E228A1", "F0288CBC", "C080", "EDA080", "F4908080", "FE", "CE"})
    void textThatIsNotUtf8ClosesWith1007(String hex) throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, TEXT, java.util.HexFormat.of().parseHex(hex)), 1007);
        }
    }

    // The protocol's own

    @Test
    void aBinaryMessageIsNoFrameOfTheProtocol() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, BINARY, QUESTION), 4400);
        }
    }

    @Test
    void anEmptyMessageIsNoFrameOfTheProtocol() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, TEXT, new byte[0]), 4400);
        }
    }

    @Test
    void aFrameAndAMessageThatAreTooLargeCloseWith1009() throws IOException {
        try (RawSocket raw = open()) {
            closesWith(raw.frame(true, TEXT, new byte[20_000]), 1009);
        }
        try (RawSocket raw = open()) {
            raw.frame(false, TEXT, "x".repeat(10_000).getBytes(UTF_8));
            closesWith(raw.frame(false, CONTINUATION, "x".repeat(10_000).getBytes(UTF_8)), 1009);
        }
    }

    @Test
    void whoSendsTooManyMessagesIsClosedWith4429() throws IOException {
        try (RawSocket raw = open()) {
            for (int i = 0; i < 300; i++) {
                raw.frame(true, PING, new byte[0]);
            }
            closesWith(raw, 4429);
        }
    }
}
