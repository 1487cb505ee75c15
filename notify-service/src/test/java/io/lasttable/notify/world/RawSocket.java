package io.lasttable.notify.world;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A TCP connection that speaks RFC 6455 byte by byte, also wrongly. */
public final class RawSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /** What the server has sent. */
    public record Frame(boolean last, int reserved, int opcode, byte[] payload) {

        public String text() {
            return new String(payload, UTF_8);
        }

        /** Of a close frame; 1005 when it has none (RFC 6455, section 7.1.5). */
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private String answer = "";

    public RawSocket(URI live) throws IOException {
        this(live, 0);
    }

    /** @param receiveBuffer bytes that the system keeps for who does not read; 0 for its default */
    public RawSocket(URI live, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(live.getHost(), live.getPort()));
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Upgrades as a good client does. */
    public static RawSocket open(URI live) throws IOException {
        RawSocket raw = new RawSocket(live);
        String answer = raw.upgrade("GET " + live.getPath() + " HTTP/1.1", "");
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException(answer);
        }
        return raw;
    }

    /** Sends the request line and the usual headers, those in {@code headers} (lines with CRLF) instead or besides. */
    public String upgrade(String requestLine, String headers) throws IOException {
        StringBuilder request = new StringBuilder(requestLine).append("\r\n").append(headers);
        String[] usual = {
            "Host: " + socket.getInetAddress().getHostAddress() + ":" + socket.getPort(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: lasttable.v1"
        };
        for (String line : usual) {
            if (!headers.contains(line.substring(0, line.indexOf(':') + 1))) {
                request.append(line).append("\r\n");
            }
        }
        bytes(request.append("\r\n").toString().getBytes(US_ASCII));
        answer = readAnswer();
        return answer;
    }

    /** The server's answer to the upgrade: status line and headers. */
    public String answer() {
        return answer;
    }

    private String readAnswer() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(US_ASCII);
    }

    public void bytes(byte... data) throws IOException {
        out.write(data);
        out.flush();
    }

    /** A masked frame. */
    @CanIgnoreReturnValue
    public RawSocket frame(boolean last, int opcode, byte[] payload) throws IOException {
        return frame((last ? 0x80 : 0) | opcode, true, payload);
    }

    @CanIgnoreReturnValue
    public RawSocket text(String text) throws IOException {
        return frame(true, TEXT, text.replace('\'', '"').getBytes(UTF_8));
    }

    /** @param first FIN, reserved bits and opcode as they are */
    @CanIgnoreReturnValue
    public RawSocket frame(int first, boolean masked, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else {
            frame.writeBytes(new byte[] {(byte) (mask | 126), (byte) (payload.length >> 8), (byte) payload.length});
        }
        if (masked) {
            frame.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        bytes(frame.toByteArray());
        return this;
    }

    /** Whether something has come that has not been read. */
    public boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** The next frame; null when the connection has ended. */
    public Frame next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            if ((second & 0x80) != 0) {
                throw new IOException("a server must not mask");
            }
            int length = second == 126 ? in.readUnsignedShort() : second;
            byte[] payload = new byte[second == 127 ? Math.toIntExact(in.readLong()) : length];
            in.readFully(payload);
            return new Frame((first & 0x80) != 0, first >> 4 & 7, first & 0x0F, payload);
        } catch (EOFException | SocketException ended) {
            return null;
        }
    }

    /** The next frame of this kind, skipping others. */
    public Frame next(int opcode) throws IOException {
        Frame frame = next();
        while (frame != null && frame.opcode() != opcode) {
            frame = next();
        }
        return frame;
    }

    /** The next text that contains the words. */
    public String nextText(String words) throws IOException {
        Frame frame = next(TEXT);
        while (frame != null && !frame.text().contains(words)) {
            frame = next(TEXT);
        }
        return frame == null ? null : frame.text();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
