package io.lasttable.booking.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Two hundred connections that take their time, and how many of each kind a service still holds, with its memory and open files, each
 * five seconds. Against any of the three services, on this machine; SlowSendersTest sends them to booking-service.
 *
 * <p>{@code java -cp booking-service/target/test-classes io.lasttable.booking.limits.SlowSenders <port> <pid> <seconds>}
 */
public final class SlowSenders {

    private static final int OF_EACH_KIND = 50;
    private static final int STEP_SECONDS = 5;

    /** What is sent at once, and then a byte each second. */
    enum Kind {
        SILENT("", ""),
        DRIPPING_HEAD("GET /v1/venues HTTP/1.1\r\nHost: here\r\n", "A"),
        DRIPPING_BODY("POST /v1/venues/x/holds HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n", "x"),
        RESTING("GET /v1/venues?limit=1 HTTP/1.1\r\nHost: here\r\n\r\n", "");

        private final String first;
        private final String then;

        Kind(String first, String then) {
            this.first = first;
            this.then = then;
        }
    }

    private final Map<Kind, List<SocketChannel>> open = new EnumMap<>(Kind.class);
    private final ByteBuffer answer = ByteBuffer.allocate(65_536);

    private SlowSenders() {}

    public static void main(String... arguments) throws Exception {
        Map<Kind, Integer> left = run(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        System.out.println("Still held: " + left);
    }

    /** How many of each kind are held in the end. */
    static Map<Kind, Integer> run(int port, String pid, int seconds) throws Exception {
        SlowSenders senders = new SlowSenders();
        senders.connect(port);
        senders.drip(pid, seconds);
        Map<Kind, Integer> held = new EnumMap<>(Kind.class);
        senders.open.forEach((kind, channels) -> {
            held.put(kind, channels.size());
            channels.forEach(SlowSenders::close);
        });
        return held;
    }

    private void connect(int port) throws IOException {
        for (Kind kind : Kind.values()) {
            List<SocketChannel> ofKind = new ArrayList<>();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.configureBlocking(false);
                int sent = channel.write(bytes(kind.first));
                if (sent != kind.first.length()) {
                    throw new IOException("Not sent at once");
                }
                ofKind.add(channel);
            }
            open.put(kind, ofKind);
        }
    }

    private void drip(String pid, int longest) throws Exception {
        System.out.printf("%4s %s  open files  RSS%n", "s", List.of(Kind.values()));
        for (int second = 0; second <= longest; second++) {
            open.forEach((kind, channels) -> channels.removeIf(channel -> !isHeld(channel, kind)));
            if (second % STEP_SECONDS == 0) {
                report(second, pid);
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private boolean isHeld(SocketChannel channel, Kind kind) {
        try {
            answer.clear();
            boolean held = channel.read(answer) >= 0;
            if (held) {
                return channel.write(bytes(kind.then)) >= 0;
            }
        } catch (IOException e) {
            // Reset: the same as closed.
        }
        close(channel);
        return false;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void report(int second, String pid) throws IOException {
        String memory = Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElseThrow();
        try (var files = Files.list(Path.of("/proc", pid, "fd"))) {
            System.out.printf(
                    "%4d %s  %d  %s%n",
                    second,
                    open.values().stream().map(List::size).toList(),
                    files.count(),
                    memory.replaceAll("\\s+", " "));
        }
    }
}
