package io.lasttable.booking.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.SharedDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalTest {

    private final SharedDatabase postgres = SharedDatabase.empty();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SignalSender here;
    private SignalSender there;
    private SignalReceiver receiver;

    @BeforeEach
    void start() {
        here = sender("here");
        there = sender("there");
        receiver = new SignalReceiver(
                database(), "here", (signal, names) -> names.forEach(name -> heard.add(signal + " " + name)));
        start(receiver);
    }

    @AfterEach
    void stop() {
        here.stop();
        there.stop();
        receiver.stop();
    }

    @Test
    void otherReplicasAreHeardAndOneIsDeafToItself() {
        untilHeard("CHANGES chez-nous", () -> there.add(Signal.CHANGES, Set.of("chez-nous")));
        here.add(Signal.OUTBOX, Set.of("1"));
        untilHeard("OUTBOX 2", () -> there.add(Signal.OUTBOX, Set.of("2")));
        assertThat(heard).doesNotContain("OUTBOX 1");
    }

    @Test
    void afterALostConnectionEverythingIsLookedAt() throws Exception {
        untilHeard("OUTBOX 1", () -> there.add(Signal.OUTBOX, Set.of("1")));
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            + " and (query like 'listen%' or (pid <> pg_backend_pid() and state = 'idle'))");
        }
        untilHeard("OUTBOX *", () -> {});
        untilHeard("OUTBOX 3", () -> there.add(Signal.OUTBOX, Set.of("3")));
    }

    @Test
    void tooManyNamesBecomeAny() {
        Set<String> many = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            many.add("venue-" + i);
        }
        untilHeard("CHANGES *", () -> there.add(Signal.CHANGES, many));
    }

    /** A signal may come before the receiver listens, and is then repeated. */
    private void untilHeard(String signal, Runnable send) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            send.run();
            return heard.contains(signal);
        });
    }

    private SignalSender sender(String name) {
        SignalSender sender = new SignalSender(database(), name, Duration.ofMillis(1));
        start(sender);
        return sender;
    }

    private DataSource database() {
        return postgres.source();
    }

    private static void start(Runnable loop) {
        Thread thread = new Thread(loop);
        thread.setDaemon(true);
        thread.start();
    }
}
