package io.lasttable.notify.kafka;

import io.lasttable.notify.NotifyConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads every partition of both topics on a thread of its own, without a group, so that every replica sees every event and
 * nothing needs to be committed. Any failure closes the consumer and starts over where it was: nothing is left out, and what
 * repeats is sorted out by versions. See {@link FeedReader} for where reading starts and when it has caught up.
 */
@ApplicationScoped
public class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);

    /** Records of a poll after which the next one follows at once: reading is behind, and gathers more by itself. */
    private static final int MANY = 100;

    private static final int POLLS_AT_ONCE = 4;

    private final NotifyConfig config;
    private final Map<String, Object> kafka;
    private final RecentDays recent;
    private final FeedProgress progress;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean stopping;
    private volatile long turnedAt = System.nanoTime();
    private volatile Thread thread;

    Feed(
            NotifyConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            RecentDays recent,
            FeedProgress progress) {
        this.config = config;
        this.kafka = kafka;
        this.recent = recent;
        this.progress = progress;
    }

    /** Starts reading; called once. */
    public void start(DayListener days, ChangeListener changes) {
        FeedReader reader = new FeedReader(config, new FeedRecords(config, recent, days, changes), recent, progress);
        thread = new Thread(() -> run(reader), "feed");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        stop.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run(FeedReader reader) {
        PollRate polls = new PollRate(config.feed().pollSpacing(), POLLS_AT_ONCE, System::nanoTime);
        while (!stopping) {
            try (var opened =
                    new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                reader.begin(opened);
                while (!stopping) {
                    turnedAt = System.nanoTime();
                    if (reader.step(opened) < MANY) {
                        pause(polls.take());
                    }
                }
            } catch (WakeupException stopped) {
                LOG.debug("The feed was asked to stop");
            } catch (KafkaException | IllegalStateException e) {
                LOG.warnf("The feed starts over: %s", e.getMessage());
                turnedAt = System.nanoTime();
                startOver(reader);
            } catch (RuntimeException | Error e) {
                LOG.error("The feed starts over", e);
                startOver(reader);
            }
        }
    }

    private void startOver(FeedReader reader) {
        reader.failed();
        pause(config.feed().pauseAfterFailure());
        reader.failed(); // the next consumer may find out as late as this one that there is nobody to ask
    }

    /** Whether it reads, or tries to, and has done a step within this time that did not fail by a fault of its own. */
    boolean isAlive(Duration limit) {
        return stopping || thread != null && thread.isAlive() && System.nanoTime() - turnedAt < limit.toNanos();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove("group.id");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("fetch.max.wait.ms", 100);
        settings.put("default.api.timeout.ms", 10_000);
        settings.put("allow.auto.create.topics", false);
        settings.put("metadata.max.age.ms", (int) config.feed().partitionCheck().toMillis());
        return settings;
    }

    private void pause(Duration time) {
        try {
            stopping = stop.await(time.toNanos(), TimeUnit.NANOSECONDS) || stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
