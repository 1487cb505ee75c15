package io.lasttable.benchmark.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A network in between: forwards connections to a local port and delivers every byte half a round trip later, in order and
 * at full bandwidth. It stands for the way to a database that is not on this machine.
 */
public final class SlowLink implements AutoCloseable {

    private record Chunk(byte[] bytes, long dueAt) {}

    private static final Chunk END = new Chunk(new byte[0], 0);
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final long halfTrip;

    private SlowLink(ServerSocket listening, int target, long halfTrip) {
        this.listening = listening;
        this.target = target;
        this.halfTrip = halfTrip;
    }

    /** @param roundTrip added to every exchange */
    public static SlowLink to(int port, Duration roundTrip) throws IOException {
        ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        SlowLink link = new SlowLink(listening, port, roundTrip.toNanos() / 2);
        start("slow-link", link::accept);
        return link;
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                forward(client, server);
                forward(server, client);
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new IllegalStateException("The slow link broke", e);
                }
            }
        }
    }

    private void forward(Socket from, Socket to) {
        BlockingQueue<Chunk> onTheWay = new LinkedBlockingQueue<>();
        start("slow-link-in", () -> read(from, onTheWay));
        start("slow-link-out", () -> write(to, onTheWay));
    }

    private void read(Socket from, BlockingQueue<Chunk> onTheWay) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream()) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                onTheWay.add(new Chunk(Arrays.copyOf(buffer, got), System.nanoTime() + halfTrip));
            }
        } catch (IOException closed) {
            assert from.isClosed() || closed != null;
        }
        onTheWay.add(END);
    }

    private static void write(Socket to, BlockingQueue<Chunk> onTheWay) {
        try (OutputStream out = to.getOutputStream()) {
            for (Chunk next = onTheWay.take(); next != END; next = onTheWay.take()) {
                for (long left = next.dueAt() - System.nanoTime(); left > 0; left = next.dueAt() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(next.bytes());
            }
        } catch (IOException closed) {
            assert to.isClosed() || closed != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
