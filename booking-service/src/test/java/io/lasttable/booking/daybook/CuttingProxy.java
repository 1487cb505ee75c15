package io.lasttable.booking.daybook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a client and PostgreSQL. It cuts the connection at the next COMMIT, before it arrives or after it has run; or
 * goes silent: nothing passes any more, and nothing is closed, as when a network or a machine vanishes.
 */
final class CuttingProxy implements AutoCloseable {

    enum Cut {
        NEVER,
        BEFORE_THE_COMMIT_ARRIVES,
        AFTER_THE_COMMIT_RAN
    }

    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);
    private volatile boolean silent;
    private final NetServer server;
    private final NetClient client;
    private final int databasePort;

    CuttingProxy(Vertx vertx, int databasePort) throws Exception {
        this.databasePort = databasePort;
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::serve);
        NetServer listening = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assert listening == server;
    }

    int port() {
        return server.actualPort();
    }

    /** What is sent from now on is lost, on connections that exist and on new ones. */
    void goSilent() {
        silent = true;
    }

    /** New connections work again; those that were silenced stay so, since the other end has forgotten them. */
    void comeBack() {
        silent = false;
    }

    /** Whether the next COMMIT will be cut. */
    boolean isArmed() {
        return next.get() != Cut.NEVER;
    }

    void cut(Cut when) {
        next.set(when);
    }

    private void serve(NetSocket caller) {
        if (silent) {
            return;
        }
        NetSocket paused = caller.pause();
        client.connect(databasePort, "127.0.0.1")
                .onSuccess(database -> join(paused, database))
                .onFailure(e -> {
                    throw new IllegalStateException(e);
                });
    }

    private void join(NetSocket caller, NetSocket database) {
        AtomicReference<Cut> cutting = new AtomicReference<>(Cut.NEVER);
        AtomicBoolean lost = new AtomicBoolean();
        caller.handler(sent -> {
            if (lost.get() || silent) {
                lost.set(true);
                return;
            }
            if (isCommit(sent)) {
                cutting.set(next.getAndSet(Cut.NEVER));
            }
            if (cutting.get() == Cut.BEFORE_THE_COMMIT_ARRIVES) {
                close(caller);
                close(database);
            } else {
                write(database, sent);
            }
        });
        database.handler(answer -> {
            if (lost.get() || silent) {
                lost.set(true);
                return;
            }
            if (cutting.get() == Cut.AFTER_THE_COMMIT_RAN) {
                if (answer.toString(StandardCharsets.ISO_8859_1).contains("COMMIT")) {
                    close(caller);
                }
            } else {
                write(caller, answer);
            }
        });
        NetSocket closing = caller.closeHandler(nothing -> close(database));
        assert closing == caller;
        NetSocket resumed = caller.resume();
        assert resumed == caller;
    }

    /** A simple query {@code commit}. */
    private static boolean isCommit(Buffer sent) {
        return sent.toString(StandardCharsets.ISO_8859_1).contains("commit\0");
    }

    private static void write(NetSocket socket, Buffer bytes) {
        var written = socket.write(bytes);
        assert written != null;
    }

    private static void close(NetSocket socket) {
        var closed = socket.close();
        assert closed != null;
    }

    @Override
    public void close() {
        var closed = server.close();
        assert closed != null;
        closed = client.close();
        assert closed != null;
    }
}
