package io.lasttable.booking.signal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Collects names and sends them together. What cannot be sent is dropped: the receivers' polls find the news. */
final class SignalSender implements Runnable {

    private static final Logger LOG = Logger.getLogger(SignalSender.class);

    /** PostgreSQL takes payloads below 8,000 bytes. */
    private static final int LONGEST_PAYLOAD = 7_000;

    private final DataSource database;
    private final String self;
    private final long debounceMillis;
    private final Map<Signal, Set<String>> waiting = new EnumMap<>(Signal.class);
    private boolean stopping;
    private long lastSent = System.nanoTime();

    SignalSender(DataSource database, String self, Duration debounce) {
        this.database = database;
        this.self = self;
        this.debounceMillis = Math.max(1, debounce.toMillis());
    }

    synchronized void add(Signal signal, Set<String> names) {
        if (waiting.computeIfAbsent(signal, any -> new HashSet<>()).addAll(names)) {
            notifyAll();
        }
    }

    synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            for (Map<Signal, Set<String>> news = next(); !news.isEmpty(); news = next()) {
                send(news);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first news go at once, the next not before the debounce has passed; empty when stopped. */
    private synchronized Map<Signal, Set<String>> next() throws InterruptedException {
        for (long left = pauseMillis(); (waiting.isEmpty() || left > 0) && !stopping; left = pauseMillis()) {
            wait(left);
        }
        lastSent = System.nanoTime();
        Map<Signal, Set<String>> news = new EnumMap<>(Signal.class);
        if (!stopping) {
            news.putAll(waiting);
            waiting.clear();
        }
        return news;
    }

    /** Zero also means: wait until woken. */
    private long pauseMillis() {
        return Math.max(0, debounceMillis - (System.nanoTime() - lastSent) / 1_000_000);
    }

    private void send(Map<Signal, Set<String>> news) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            connection.setNetworkTimeout(Runnable::run, 10_000);
            for (Map.Entry<Signal, Set<String>> each : news.entrySet()) {
                statement.setString(1, each.getKey().channel());
                statement.setString(2, payload(each.getValue()));
                statement.execute();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("A signal was not sent, polls will find the news: %s", e.getMessage());
        }
    }

    private String payload(Set<String> names) {
        String joined = self + ' ' + String.join(",", names);
        return joined.length() > LONGEST_PAYLOAD ? self + ' ' + Signals.ANY : joined;
    }
}
