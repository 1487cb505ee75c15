package io.lasttable.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many live sockets on one thread and one selector. Each watches one day; what it sees is counted, its versions are checked
 * (never back, never twice), and on demand the arrival of every version is logged.
 */
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
    private static final byte[] VERSION = "\"version\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Plan plan;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final List<WatchSocket> sockets = new ArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger connecting = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder disorder = new LongAdder();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Lost> away = new ArrayDeque<>();
    private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    private final Arrivals arrivals = new Arrivals();
    private final Thread thread = new Thread(this::loop, "watchers");
    private volatile boolean logging;
    private volatile boolean closing;
    private volatile String lastFailure = "";

    Watchers(Plan plan) throws IOException {
        this.plan = plan;
        this.thread.setDaemon(true);
        this.thread.start();
    }

    int ready() {
        return ready.get();
    }

    int lost() {
        return lost.get();
    }

    long frames() {
        return frames.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /** Versions that went back or came twice. */
    long disorder() {
        return disorder.sum();
    }

    /** Connections that have been sent a state, or the word that theirs is the newest; of those that are open. */
    int served() {
        return served.get();
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

    /** Forgets what was counted; from now on arrivals are logged when {@code log}. */
    void reset(boolean log) {
        synchronized (arrivals) {
            arrivals.clear();
            frames.reset();
            bytes.reset();
            logging = log;
        }
    }

    void eachArrival(Arrivals.Each each) {
        synchronized (arrivals) {
            arrivals.forEach(each);
        }
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
                socket.read(buffer, this::text);
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
            ready.incrementAndGet();
        } else {
            DayName day = plan.days().get(plan.dayOf(socket.index));
            String has = socket.version == 0 ? "" : ",\"version\":" + socket.version + ",\"confirm\":true";
            socket.send("{\"op\":\"watch\",\"ref\":\"w\",\"venueId\":\"" + day.venueId() + "\",\"date\":\"" + day.date()
                    + "\"" + has + "}");
        }
    }

    private void text(WatchSocket socket, ByteBuffer payload) {
        frames.increment();
        bytes.add(payload.remaining());
        long version = versionIn(payload);
        if (version == 0) {
            return;
        }
        if (version < socket.version || version == socket.version && socket.served) {
            disorder.increment();
        }
        if (!socket.served) {
            socket.served = true;
            served.incrementAndGet();
        }
        if (socket.version == 0 && !plan.days().isEmpty()) {
            ready.incrementAndGet();
        } else if (logging) {
            log(plan.dayOf(socket.index), socket.version, version);
        }
        socket.version = version;
    }

    private void log(int day, long from, long to) {
        Instant now = Instant.now();
        synchronized (arrivals) {
            arrivals.add(day, from, to, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        }
    }

    private static long versionIn(ByteBuffer payload) {
        int last = payload.limit() - VERSION.length;
        for (int at = 0; at < last; at++) {
            if (payload.get(at) == '"' && payload.get(at + 1) == 'v' && matches(payload, at)) {
                return number(payload, at + VERSION.length);
            }
        }
        return 0;
    }

    private static boolean matches(ByteBuffer payload, int at) {
        for (int i = 2; i < VERSION.length; i++) {
            if (payload.get(at + i) != VERSION[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer payload, int from) {
        long number = 0;
        for (int at = from; at < payload.limit() && Character.isDigit(payload.get(at)); at++) {
            number = number * 10 + payload.get(at) - '0';
        }
        return number;
    }

    private void lose(SelectionKey key, WatchSocket socket, IOException why) {
        key.cancel();
        if (!closing) {
            lastFailure = why.toString();
            lost.incrementAndGet();
            if (socket.served) {
                served.decrementAndGet();
            }
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
