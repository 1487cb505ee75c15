package io.lasttable.benchmark.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A network in between: forwards connections to a local port, and can fail as networks do. Bytes are delivered in order and at
 * full bandwidth, half a round trip after they came. While a direction is held nothing passes in it, an end of the connection
 * neither, and nothing is lost: what was on the way arrives when the network is back, as TCP sees to it.
 */
public final class Link implements AutoCloseable {

    private record Chunk(byte[] bytes, long readAt) {}

    private static final Chunk END = new Chunk(new byte[0], 0);
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_ON_THE_WAY = 64;
    private static final long STACK = 128 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long halfTrip;
    private volatile boolean holdsThere;
    private volatile boolean holdsBack;
    private volatile boolean refuses;

    private Link(ServerSocket listening, int target, Duration roundTrip) {
        this.listening = listening;
        this.target = target;
        this.halfTrip = roundTrip.toNanos() / 2;
    }

    /** @param roundTrip added to every exchange */
    public static Link to(int port, Duration roundTrip) throws IOException {
        ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Link link = new Link(listening, port, roundTrip);
        start("link", link::accept);
        return link;
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void slow(Duration roundTrip) {
        halfTrip = roundTrip.toNanos() / 2;
    }

    /** Nothing passes, and nobody is told: a black hole when both are held, half open when one is. */
    public void hold(boolean there, boolean back) {
        holdsThere = there;
        holdsBack = back;
    }

    /** Resets every connection, and those that come until it is {@link #heal healed}. */
    public void reset() {
        refuses = true;
        open.forEach(Link::abort);
    }

    public void heal() {
        halfTrip = 0;
        holdsThere = false;
        holdsBack = false;
        refuses = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new IllegalStateException("The link broke", e);
                }
            }
        }
    }

    private void connect(Socket client) {
        if (refuses) {
            abort(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            forward(client, server, true);
            forward(server, client, false);
        } catch (IOException nobodyListens) {
            abort(client);
        }
    }

    private void forward(Socket from, Socket to, boolean there) {
        BlockingQueue<Chunk> onTheWay = new ArrayBlockingQueue<>(MOST_ON_THE_WAY);
        boolean added = open.add(from);
        assert added;
        start("link-in", () -> read(from, onTheWay));
        start("link-out", () -> write(from, to, onTheWay, there));
    }

    private void read(Socket from, BlockingQueue<Chunk> onTheWay) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                onTheWay.put(new Chunk(Arrays.copyOf(buffer, got), System.nanoTime()));
            }
            onTheWay.put(END);
        } catch (IOException closed) {
            end(onTheWay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(BlockingQueue<Chunk> onTheWay) {
        try {
            onTheWay.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Socket from, Socket to, BlockingQueue<Chunk> onTheWay, boolean there) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk next = onTheWay.take(); next != END; next = onTheWay.take()) {
                awaitDelivery(next, there);
                out.write(next.bytes());
            }
            awaitDelivery(END, there);
            to.close();
        } catch (IOException closed) {
            abort(from);
            abort(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            boolean removed = open.remove(from);
            assert removed || !open.contains(from);
            onTheWay.clear();
        }
    }

    private void awaitDelivery(Chunk chunk, boolean there) {
        while (there ? holdsThere : holdsBack) {
            LockSupport.parkNanos(1_000_000);
        }
        long due = chunk.readAt() + halfTrip;
        for (long left = due - System.nanoTime(); chunk != END && left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            assert socket.isClosed();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        heal();
        listening.close();
        open.forEach(Link::abort);
    }
}
