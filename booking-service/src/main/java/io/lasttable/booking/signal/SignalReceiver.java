package io.lasttable.booking.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Listens on a connection of its own. After a connection was lost it tells everyone to look, since signals may be missing. */
final class SignalReceiver implements Runnable {

    private static final Logger LOG = Logger.getLogger(SignalReceiver.class);
    private static final int WAIT_MILLIS = 500;
    private static final int CHECK_EVERY = 20;

    private final DataSource database;
    private final String self;
    private final BiConsumer<Signal, Set<String>> heard;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean lost;

    SignalReceiver(DataSource database, String self, BiConsumer<Signal, Set<String>> heard) {
        this.database = database;
        this.self = self;
        this.heard = heard;
    }

    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        while (stopping.getCount() > 0) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                logOnce(e);
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 10_000);
        try (Statement statement = connection.createStatement()) {
            for (Signal signal : Signal.values()) {
                statement.execute("listen " + signal.channel());
            }
            lookAfterLoss();
            for (int round = 1; stopping.getCount() > 0; round++) {
                PGNotification[] notifications =
                        connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
                for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
                    dispatch(notification);
                }
                if (round % CHECK_EVERY == 0) {
                    statement.execute("select 1");
                }
            }
            statement.execute("unlisten *");
        }
    }

    private void dispatch(PGNotification notification) {
        String[] parts = notification.getParameter().split(" ", 2);
        if (parts.length < 2 || parts[0].equals(self)) {
            return;
        }
        for (Signal signal : Signal.values()) {
            if (signal.channel().equals(notification.getName())) {
                heard.accept(signal, Set.copyOf(List.of(parts[1].split(","))));
            }
        }
    }

    private void lookAfterLoss() {
        if (lost) {
            lost = false;
            LOG.info("Signals of other replicas are heard again");
            for (Signal signal : Signal.values()) {
                heard.accept(signal, Set.of(Signals.ANY));
            }
        }
    }

    private void logOnce(Exception e) {
        if (!lost) {
            LOG.warnf("Signals of other replicas are not heard, polls replace them: %s", e.getMessage());
        }
        lost = true;
    }

    private void pause() {
        try {
            boolean stopped = stopping.await(1, TimeUnit.SECONDS);
            assert stopped || lost;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
