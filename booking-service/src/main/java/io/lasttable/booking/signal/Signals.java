package io.lasttable.booking.signal;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.database.Connections;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells the other replicas that there is news.
 *
 * <p>A NOTIFY takes a lock over the whole database when its transaction commits, so none is ever sent from a booking's
 * transaction: names are collected and sent together, at most once per {@code signal.debounce}, on a connection of their
 * own. Who gives a shard of the outbox back says so in that statement. LISTEN is the one thing here that needs a session of its own; behind a pooler that does not offer one, every
 * receiver still has its poll and is only slower. A signal may be lost or doubled, so it only ever means "look now".
 */
@ApplicationScoped
public class Signals {

    /** In place of names: look at everything, since something may have been missed. */
    public static final String ANY = "*";

    private record Listener(Signal signal, Consumer<Set<String>> heard) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final SignalConnection connection;
    private final SignalSender sender;
    private final Background background;

    Signals(Vertx vertx, Pool database, SignalSettings settings, Background background) {
        String self = UUID.randomUUID().toString();
        connection = new SignalConnection(vertx, database, Connections.SILENCE, self, this::heard);
        sender = new SignalSender(vertx, settings.debounce(), connection::tell);
        this.background = background;
    }

    void start(@Observes StartupEvent event) {
        if (background.isOn()) {
            connection.open();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        connection.close();
    }

    /** Tells the other replicas soon; returns at once. */
    public void send(Signal signal, Set<String> names) {
        if (background.isOn()) {
            sender.add(signal, names);
        }
    }

    /** Calls {@code heard} with the names of each signal of another replica, or {@link #ANY}; it must not block. */
    public void listen(Signal signal, Consumer<Set<String>> heard) {
        listeners.add(new Listener(signal, heard));
    }

    private void heard(Signal signal, Set<String> names) {
        for (Listener listener : listeners) {
            if (listener.signal() == signal) {
                listener.heard().accept(names);
            }
        }
    }
}
