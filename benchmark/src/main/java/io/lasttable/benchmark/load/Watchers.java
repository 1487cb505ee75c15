package io.lasttable.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Many live sockets on one thread and one selector, each of which watches one day; what they see is kept in {@link Sightings}. */
final class Watchers implements AutoCloseable {

    /**
     * Where and what to watch.
     *
     * @param ports of the servers, taken in turn
     * @param path of the socket; {@code %d} in it is replaced by the day's index
     * @param subprotocol asked for, or empty
     * @param days watched in turn; empty when the path alone subscribes
     * @param reconnects whether a lost connection comes back with the version it had, as client.js does
     * @param backAfterMs shortest pause before it does, as much again is added at random; 0 for everybody at once
     */
    record Plan(
            List<Integer> ports,
            int count,
            String path,
            String subprotocol,
            List<DayName> days,
            boolean reconnects,
            int backAfterMs) {

        int dayOf(int socket) {
            return days.isEmpty() ? 0 : socket % days.size();
        }
    }

    record DayName(String venueId, String date) {}

    private record Lost(WatchSocket socket, long backAt) {}

    private static final int MOST_CONNECTING = 200;

    private final Plan plan;
    private final Sightings sightings;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final List<WatchSocket> sockets = new ArrayList<>();
    private final AtomicInteger connecting = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Lost> away = new ArrayDeque<>();
    private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::loop, "watchers");
    private volatile boolean closing;
    private volatile String lastFailure = "";

    Watchers(Plan plan) throws IOException {
        this.plan = plan;
        this.sightings = new Sightings(plan);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    Sightings sightings() {
        return sightings;
    }

    int lost() {
        return lost.get();
    }

    /** Upgrades that were not answered with 101. */
    int refused() {
        return refused.get();
    }

    String lastFailure() {
        return lastFailure;
    }

    Plan plan() {
        return plan;
    }

    /** The newest version of each socket, in the order of {@link Plan#dayOf}. */
    synchronized long[] versions() {
        return sockets.stream().mapToLong(WatchSocket::version).toArray();
    }

    private void loop() {
        while (!closing) {
            try {
                cutSome();
                connectSome();
                int selected = selector.select(this::handle, 50);
                assert selected >= 0;
            } catch (IOException e) {
                lastFailure = e.toString();
            }
        }
    }

    private void connectSome() throws IOException {
        while (sockets.size() < plan.count() && connecting.get() < MOST_CONNECTING) {
            WatchSocket socket = new WatchSocket(sockets.size(), SocketChannel.open());
            synchronized (this) {
                sockets.add(socket);
            }
            connect(socket);
        }
        for (Lost next = away.peek(); next != null && next.backAt() - System.nanoTime() <= 0; next = away.peek()) {
            comeBack(away.remove().socket());
        }
    }

    private void comeBack(WatchSocket old) throws IOException {
        WatchSocket socket = new WatchSocket(old.index, SocketChannel.open());
        socket.version = old.version;
        synchronized (this) {
            sockets.set(old.index, socket);
        }
        connect(socket);
    }

    private void connect(WatchSocket socket) throws IOException {
        SocketChannel channel = socket.channel();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int port = plan.ports().get(socket.index % plan.ports().size());
        boolean connected = channel.connect(new InetSocketAddress("127.0.0.1", port));
        var key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, socket);
        connecting.incrementAndGet();
        if (connected) {
            greet(key, socket);
        }
    }

    private void handle(SelectionKey key) {
        WatchSocket socket = (WatchSocket) key.attachment();
        try {
            if (key.isConnectable()) {
                boolean connected = socket.channel().finishConnect();
                assert connected;
                greet(key, socket);
            } else if (key.isReadable()) {
                boolean before = socket.isUpgraded();
                socket.read(buffer, sightings::text);
                if (!before && socket.isUpgraded()) {
                    upgraded(socket);
                }
            }
        } catch (IOException e) {
            lose(key, socket, e);
        }
    }

    private void greet(SelectionKey key, WatchSocket socket) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        socket.upgrade(plan.path().replace("%d", String.valueOf(plan.dayOf(socket.index))), plan.subprotocol());
    }

    private void upgraded(WatchSocket socket) throws IOException {
        connecting.decrementAndGet();
        if (plan.days().isEmpty()) {
            sightings.isReady();
        } else {
            DayName day = plan.days().get(plan.dayOf(socket.index));
            String has = socket.version == 0 ? "" : ",\"version\":" + socket.version + ",\"confirm\":true";
            socket.send("{\"op\":\"watch\",\"ref\":\"w\",\"venueId\":\"" + day.venueId() + "\",\"date\":\"" + day.date()
                    + "\"" + has + "}");
        }
    }

    private void lose(SelectionKey key, WatchSocket socket, IOException why) {
        key.cancel();
        if (!closing) {
            lastFailure = why.toString();
            lost.incrementAndGet();
            sightings.ended(socket);
            if (why instanceof WatchSocket.Refused) {
                refused.incrementAndGet();
            }
            if (!socket.isUpgraded()) {
                connecting.decrementAndGet();
            }
            if (plan.reconnects()) {
                long pause = plan.backAfterMs() + ThreadLocalRandom.current().nextInt(plan.backAfterMs() + 1);
                away.add(new Lost(socket, System.nanoTime() + pause * 1_000_000));
            }
        }
        close(socket);
    }

    /** Cuts connections as a failing network does: without a word. They come back if the plan says so. */
    void cut(List<Integer> indices) {
        cuts.addAll(indices);
        selector.wakeup();
    }

    /** A closed channel keeps its file until the selector has looked again, and the next ones come at once. */
    private void cutSome() throws IOException {
        if (cuts.isEmpty()) {
            return;
        }
        for (Integer index = cuts.poll(); index != null; index = cuts.poll()) {
            WatchSocket socket = sockets.get(index);
            SelectionKey key = socket.channel().keyFor(selector);
            if (key != null && key.isValid()) {
                lose(key, socket, new IOException("cut"));
            }
        }
        int selected = selector.selectNow(this::handle);
        assert selected >= 0;
    }

    private static void close(WatchSocket socket) {
        try {
            socket.channel().close();
        } catch (IOException e) {
            assert !socket.channel().isOpen();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(Watchers::close);
        selector.close();
    }
}
