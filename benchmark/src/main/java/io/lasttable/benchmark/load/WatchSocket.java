package io.lasttable.benchmark.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One WebSocket client as cheap as it gets: a non-blocking channel, the parse state of RFC 6455 frames, and bytes kept only
 * while a frame is incomplete. Payloads are handed on where they lie in the shared read buffer.
 */
final class WatchSocket {

    /** Hears of each text frame; the buffer is only good during the call. */
    interface Frames {
        void text(WatchSocket socket, ByteBuffer payload);
    }

    /** The upgrade was answered with something else than 101. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String status) {
            super("The upgrade was answered by " + status);
        }
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    final int index;
    /** The newest version seen; 0 before the first. */
    volatile long version;

    /** Whether this connection has brought a state, or the word that {@link #version} is the newest. */
    boolean served;

    private final SocketChannel channel;
    private byte[] partial = NOTHING;
    private boolean upgraded;

    WatchSocket(int index, SocketChannel channel) {
        this.index = index;
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    long version() {
        return version;
    }

    boolean isUpgraded() {
        return upgraded;
    }

    void upgrade(String path, String subprotocol) throws IOException {
        String protocol = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + protocol + "\r\n";
        write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    }

    void send(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what has come, through {@code buffer}; throws when the connection has ended. */
    void read(ByteBuffer buffer, Frames frames) throws IOException {
        buffer.clear();
        buffer.put(partial);
        partial = NOTHING;
        int got = channel.read(buffer);
        buffer.flip();
        if (!upgraded) {
            readHead(buffer);
        }
        while (upgraded && readFrame(buffer, frames)) {
            assert buffer.position() <= buffer.limit();
        }
        if (buffer.hasRemaining()) {
            partial = new byte[buffer.remaining()];
            buffer.get(partial);
        }
        if (got < 0) {
            throw new EOFException("closed by the server");
        }
    }

    private void readHead(ByteBuffer buffer) throws IOException {
        for (int end = buffer.position(); end + END_OF_HEAD.length <= buffer.limit(); end++) {
            if (matches(buffer, end, END_OF_HEAD)) {
                String status = StandardCharsets.US_ASCII
                        .decode(buffer.slice(buffer.position(), Math.min(12, end)))
                        .toString();
                if (!status.endsWith("101")) {
                    throw new Refused(status);
                }
                buffer.position(end + END_OF_HEAD.length);
                upgraded = true;
                return;
            }
        }
    }

    private static boolean matches(ByteBuffer buffer, int at, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (buffer.get(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean readFrame(ByteBuffer buffer, Frames frames) throws IOException {
        int start = buffer.position();
        if (buffer.remaining() < 2) {
            return false;
        }
        int opcode = buffer.get(start) & 0x0f;
        int length = buffer.get(start + 1) & 0x7f;
        int head = length == 126 ? 4 : length == 127 ? 10 : 2;
        if (buffer.remaining() < head) {
            return false;
        }
        if (length == 126) {
            length = buffer.getShort(start + 2) & 0xffff;
        } else if (length == 127) {
            length = Math.toIntExact(buffer.getLong(start + 2));
        }
        if (buffer.remaining() < head + length) {
            return false;
        }
        ByteBuffer payload = buffer.slice(start + head, length);
        buffer.position(start + head + length);
        take(opcode, payload, frames);
        return true;
    }

    private void take(int opcode, ByteBuffer payload, Frames frames) throws IOException {
        if (opcode == TEXT) {
            frames.text(this, payload);
        } else if (opcode == PING) {
            byte[] same = new byte[payload.remaining()];
            payload.get(same);
            send(PONG, same);
        } else if (opcode == CLOSE) {
            throw new EOFException("close frame");
        }
    }

    private void send(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
        frame.put(key);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key[i % 4]));
        }
        write(frame.flip());
    }

    /** Small writes on a fresh connection go out whole; anything else means that the server does not read. */
    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        if (channel.write(bytes) < length) {
            throw new IOException("The server does not read");
        }
    }
}
