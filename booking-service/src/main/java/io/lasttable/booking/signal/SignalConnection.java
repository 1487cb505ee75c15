package io.lasttable.booking.signal;

import io.lasttable.booking.database.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The connection on which this replica hears the others, and speaks to them. It is borrowed from the pool for good, so that it ends as
 * others do when nothing comes on it any more ({@link Connections#SILENCE}); a question now and then makes it say something. After one
 * was lost everyone is told to look, since signals may be missing.
 */
final class SignalConnection {

    private static final Logger LOG = Logger.getLogger(SignalConnection.class);
    private static final long PAUSE_MILLIS = 1_000;

    private static final String LISTEN = Stream.of(Signal.values())
            .map(signal -> "listen " + signal.channel())
            .collect(Collectors.joining("; "));

    private final Vertx vertx;
    private final Pool database;
    private final String self;
    private final BiConsumer<Signal, Set<String>> heard;
    private final long heartbeatMillis;
    private final AtomicReference<PgConnection> current = new AtomicReference<>();
    private volatile boolean isClosed;
    private volatile boolean isMissing;

    /** @param silence how long nothing may come on a connection of this pool */
    SignalConnection(Vertx vertx, Pool database, Duration silence, String self, BiConsumer<Signal, Set<String>> heard) {
        this.vertx = vertx;
        this.database = database;
        this.heartbeatMillis = silence.dividedBy(3).toMillis();
        this.self = self;
        this.heard = heard;
    }

    void open() {
        if (!isClosed) {
            database.getConnection()
                    .map(PgConnection::cast)
                    .compose(this::listen)
                    .onComplete(this::opened, this::failed);
        }
    }

    void close() {
        isClosed = true;
    }

    /** What cannot be sent is dropped: the polls of those who do not hear it find the news. */
    void tell(Signal signal, String names) {
        PgConnection connection = current.get();
        if (connection != null) {
            connection
                    .preparedQuery("select pg_notify($1, $2)")
                    .execute(Tuple.of(signal.channel(), Signal.message(self, names)))
                    .onFailure(e -> LOG.debugf("A signal was not sent, polls will find the news: %s", e.getMessage()));
        }
    }

    private Future<PgConnection> listen(PgConnection connection) {
        connection.notificationHandler(this::dispatch);
        return connection.query(LISTEN).execute().map(connection).onFailure(e -> connection.close());
    }

    private void opened(PgConnection connection) {
        if (isClosed) {
            connection.close();
            return;
        }
        current.set(connection);
        connection.closeHandler(closed -> lost(connection, "the connection was closed"));
        ask(connection);
        if (isMissing) {
            isMissing = false;
            LOG.info("Signals of other replicas are heard again");
            Stream.of(Signal.values()).forEach(signal -> {
                heard.accept(signal, Set.of(Signals.ANY));
                tell(signal, Signals.ANY); // what this replica had to say meanwhile went nowhere
            });
        }
    }

    private void ask(PgConnection connection) {
        connection
                .query("select 1")
                .execute()
                .onSuccess(answer -> vertx.setTimer(heartbeatMillis, tick -> {
                    if (current.get() == connection && !isClosed) {
                        ask(connection);
                    }
                }))
                .onFailure(e -> lost(connection, e.getMessage()));
    }

    private void lost(PgConnection connection, String reason) {
        if (current.compareAndSet(connection, null)) {
            connection.close();
            failed(new IllegalStateException(reason));
        }
    }

    private void failed(Throwable failure) {
        if (isClosed) {
            return;
        }
        if (!isMissing) {
            isMissing = true;
            LOG.warnf("Signals of other replicas are not heard, polls replace them: %s", failure.getMessage());
        }
        vertx.setTimer(PAUSE_MILLIS, tick -> open());
    }

    private void dispatch(PgNotification notification) {
        String[] parts = notification.getPayload().split(" ", 2);
        if (parts.length < 2 || parts[0].equals(self)) {
            return;
        }
        Stream.of(Signal.values())
                .filter(signal -> signal.channel().equals(notification.getChannel()))
                .forEach(signal -> heard.accept(signal, Set.of(parts[1].split(","))));
    }
}
