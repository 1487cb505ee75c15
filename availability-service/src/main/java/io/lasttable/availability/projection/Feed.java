package io.lasttable.availability.projection;

import io.lasttable.availability.freshness.Heartbeat;
import io.lasttable.availability.migration.Migration;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The thread that projects, in the group that all replicas share, once there are tables. A consumer that fails is succeeded by a
 * new one, from the committed offsets.
 *
 * <p>The {@link FeedLoop} is written out, not a channel of the messaging extension, because freshness needs what only the
 * loop knows: where the consumer stands when everything before that place is in the database.
 */
@ApplicationScoped
class Feed implements Runnable {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(4);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);

    private final AvailabilitySettings settings;
    private final Map<String, Object> kafka;
    private final Projection projection;
    private final Heartbeat heartbeat;
    private final Migration migration;
    private final Thread thread = new Thread(this, "projection");
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile FeedLoop loop;
    private volatile long lastTurn = System.nanoTime();

    Feed(
            AvailabilitySettings settings,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Projection projection,
            Heartbeat heartbeat,
            Migration migration) {
        this.settings = settings;
        this.kafka = kafka;
        this.projection = projection;
        this.heartbeat = heartbeat;
        this.migration = migration;
    }

    void start(@Observes StartupEvent event) {
        if (settings.feed().enabled()) {
            start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop();
    }

    void start() {
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(
                (ended, failure) -> Log.error("The projection has ended; only a restart helps", failure));
        thread.start();
    }

    void stop() throws InterruptedException {
        stop.countDown();
        FeedLoop running = loop;
        if (running != null) {
            running.wakeup();
        }
        thread.join(STOP.toMillis());
    }

    /** False once the loop has ended or stands still for a reason nobody foresaw: only a restart helps then. */
    boolean isAlive() {
        return !settings.feed().enabled() || thread.isAlive() && System.nanoTime() - lastTurn < LONGEST_TURN.toNanos();
    }

    /** The partitions that this replica projects. */
    Set<TopicPartition> assigned() {
        FeedLoop running = loop;
        return running == null ? Set.of() : running.assigned();
    }

    @Override
    public void run() {
        awaitTables();
        while (!isStopping()) {
            try (FeedLoop opened = new FeedLoop(consumer(), projection, heartbeat, settings)) {
                loop = opened;
                turn(opened);
            } catch (WakeupException e) {
                Log.debug("Woken to stop");
            } catch (RuntimeException e) {
                if (!isStopping()) {
                    Log.errorf(e, "The projection starts again from its committed offsets");
                    pause();
                }
            }
        }
    }

    private void awaitTables() {
        while (!isStopping() && !migration.attempt()) {
            lastTurn = System.nanoTime();
            pause();
        }
    }

    private void turn(FeedLoop opened) {
        while (!isStopping()) {
            lastTurn = System.nanoTime();
            opened.turn();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> own = new HashMap<>(kafka);
        own.put("group.id", settings.feed().group());
        own.put("auto.offset.reset", "earliest");
        own.put("enable.auto.commit", false);
        own.put("allow.auto.create.topics", false);
        own.put("isolation.level", "read_uncommitted"); // docs/decisions/outbox-relay-fenced-by-kafka.md
        own.put("fetch.max.wait.ms", 100);
        own.put("max.poll.records", settings.feed().batch());
        own.put("metadata.max.age.ms", 30_000); // topics and partitions that come later are found within this
        own.put("reconnect.backoff.max.ms", 1_000);
        own.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            boolean stopped = stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            assert !stopped || isStopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }
}
