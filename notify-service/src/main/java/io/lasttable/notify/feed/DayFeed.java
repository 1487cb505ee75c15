package io.lasttable.notify.feed;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads every partition of the days topic on a thread of its own, without a group, so that every replica sees every event.
 * Starts some minutes back; has caught up once it has read what was there when it began. Any failure closes the consumer and
 * starts over from some minutes back: states repeat and versions sort them out.
 */
@ApplicationScoped
public class DayFeed {

    private static final Logger LOG = Logger.getLogger(DayFeed.class);

    private final NotifyConfig config;
    private final Map<String, Object> kafka;
    private final RecentDays recent;
    private volatile Consumer<DayState> listener = state -> {};
    private volatile KafkaConsumer<String, String> consumer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean caughtUp;

    DayFeed(NotifyConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka, RecentDays recent) {
        this.config = config;
        this.kafka = kafka;
        this.recent = recent;
    }

    /** Hears of every state from now on, on the feed's thread. */
    public void listen(Consumer<DayState> to) {
        listener = to;
    }

    public boolean isCaughtUp() {
        return caughtUp;
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::run, "day-feed");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        stop.countDown();
        KafkaConsumer<String, String> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run() {
        while (!stopping) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.remove("group.id");
            settings.put("enable.auto.commit", false);
            settings.put("fetch.max.wait.ms", 100);
            settings.put("allow.auto.create.topics", false);
            try (var opened = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                consumer = opened;
                read(opened);
            } catch (WakeupException stopped) {
                LOG.debug("The day feed was asked to stop");
            } catch (KafkaException e) {
                LOG.warnf("The day feed starts over: %s", e.getMessage());
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, String> from) {
        List<TopicPartition> partitions = from.partitionsFor(config.topics().days()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        from.assign(partitions);
        Map<TopicPartition, Long> ends = from.endOffsets(partitions);
        long since = Clock.systemUTC().instant().minus(config.feed().lookBack()).toEpochMilli();
        var starts = from.offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> since)));
        partitions.forEach(partition -> from.seek(
                partition,
                starts.get(partition) == null
                        ? ends.get(partition)
                        : starts.get(partition).offset()));
        while (!stopping) {
            for (ConsumerRecord<String, String> record : from.poll(config.feed().pollTimeout())) {
                take(record);
            }
            if (!caughtUp && ends.entrySet().stream().allMatch(end -> from.position(end.getKey()) >= end.getValue())) {
                caughtUp = true;
                LOG.infof("The day feed has caught up on %d partitions", partitions.size());
            }
        }
    }

    private void take(ConsumerRecord<String, String> record) {
        if (record.value() == null) {
            return;
        }
        try {
            DayState state = DayDocument.parse(record.value());
            recent.saw(state);
            listener.accept(state);
        } catch (IOException e) {
            LOG.errorf(
                    "Skipped a record that is not a day: %s-%d at %d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void pause() {
        try {
            stopping = stop.await(config.feed().pauseAfterFailure().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
