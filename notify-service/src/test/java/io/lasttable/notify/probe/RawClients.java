package io.lasttable.notify.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Thousands of sockets on one thread that watch one day and count what comes; no WebSocket library, to cost little. */
final class RawClients implements Runnable {

    private static final byte[] MASK = {1, 2, 3, 4};

    private static final class Connection {
        int frameLeft;
        int headerHave;
        final byte[] header = new byte[10];
        int upgradeMatched;
    }

    private final byte[] watch;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final List<SocketChannel> channels = new ArrayList<>();
    volatile long frames;
    volatile long bytes;
    private volatile boolean stopped;

    /** @param watch sent by each once it is connected */
    RawClients(String watch) throws IOException {
        this.watch = masked(watch.getBytes(StandardCharsets.UTF_8));
    }

    void connect(int port, int count) throws IOException {
        String upgrade = "GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: lasttable.v1\r\n\r\n";
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            write(channel, upgrade.getBytes(StandardCharsets.US_ASCII));
            channel.configureBlocking(false);
            channels.add(channel);
            channel.register(selector, SelectionKey.OP_READ, new Connection());
            selector.wakeup();
        }
    }

    private static void write(SocketChannel channel, byte[] data) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(data);
        while (out.hasRemaining()) {
            int written = channel.write(out);
            assert written >= 0;
        }
    }

    private static byte[] masked(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
        frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        return frame.array();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                int ready = selector.select(this::read, 100);
                assert ready >= 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read < 0) {
                key.cancel();
                return;
            }
            bytes += read;
            buffer.flip();
            Connection connection = (Connection) key.attachment();
            if (connection.upgradeMatched < 4 && skipUpgrade(connection)) {
                write((SocketChannel) key.channel(), watch);
            }
            count(connection);
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** The answer to the upgrade ends with an empty line; true when that has come. */
    private boolean skipUpgrade(Connection connection) {
        while (buffer.hasRemaining() && connection.upgradeMatched < 4) {
            byte b = buffer.get();
            boolean next = b == (connection.upgradeMatched % 2 == 0 ? '\r' : '\n');
            connection.upgradeMatched = next ? connection.upgradeMatched + 1 : b == '\r' ? 1 : 0;
        }
        return connection.upgradeMatched == 4;
    }

    private void count(Connection connection) {
        while (buffer.hasRemaining()) {
            if (connection.frameLeft > 0) {
                int skipped = Math.min(connection.frameLeft, buffer.remaining());
                buffer.position(buffer.position() + skipped);
                connection.frameLeft -= skipped;
                continue;
            }
            connection.header[connection.headerHave++] = buffer.get();
            int length = connection.headerHave < 2 ? -1 : connection.header[1] & 0x7F;
            if (length >= 0 && length < 126) {
                begin(connection, length);
            } else if (length == 126 && connection.headerHave == 4) {
                begin(connection, (connection.header[2] & 0xFF) << 8 | connection.header[3] & 0xFF);
            }
        }
    }

    private void begin(Connection connection, int length) {
        connection.frameLeft = length;
        connection.headerHave = 0;
        if ((connection.header[0] & 0x0F) == 1) {
            frames++;
        }
    }

    void stop() throws IOException {
        stopped = true;
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
