package io.lasttable.booking.signal;

import io.lasttable.booking.BookingConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Tells the other replicas that there is news.
 *
 * <p>A NOTIFY takes a lock over the whole database when its transaction commits, so none is ever sent from a booking's
 * transaction: names are collected and sent together, at most once per {@code signal.debounce}, on a connection of their
 * own. LISTEN is the one thing here that needs a session of its own; behind a pooler that does not offer one, every
 * receiver still has its poll and is only slower. A signal may be lost or doubled, so it only ever means "look now".
 */
@ApplicationScoped
public class Signals {

    /** In place of names: look at everything, since something may have been missed. */
    public static final String ANY = "*";

    private static final Logger LOG = Logger.getLogger(Signals.class);

    private record Listener(Signal signal, Consumer<Set<String>> heard) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final SignalSender sender;
    private final SignalReceiver receiver;
    private final boolean enabled;

    Signals(DataSource database, BookingConfig config) {
        String self = UUID.randomUUID().toString();
        sender = new SignalSender(database, self, config.signal().debounce());
        receiver = new SignalReceiver(database, self, this::heard);
        enabled = config.background();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            start(sender, "signal-sender");
            start(receiver, "signal-receiver");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        sender.stop();
        receiver.stop();
    }

    /** Tells the other replicas soon; returns at once. */
    public void send(Signal signal, Set<String> names) {
        if (enabled) {
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

    private static void start(Runnable loop, String name) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.errorf(e, "Thread %s ended", failed.getName()));
        thread.start();
    }
}
