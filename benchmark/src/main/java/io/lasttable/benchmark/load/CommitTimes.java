package io.lasttable.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * When each version of each day was decided, from the {@code ce_time} of its event. booking-service takes that time before
 * it writes, so what is measured from it includes the commit: it is never shorter than commit to frame.
 */
final class CommitTimes implements AutoCloseable {

    private static final String TOPIC = "lasttable.days.v1";

    private final KafkaConsumer<String, String> consumer;
    private final Map<String, Map<Long, Long>> microsByDay = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::loop, "commit-times");
    private volatile boolean closing;

    CommitTimes(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.start();
    }

    /** Microseconds since the epoch; empty while the event is not known. */
    OptionalLong of(Watchers.DayName day, long version) {
        Long micros = microsByDay
                .getOrDefault(day.venueId() + "/" + day.date(), Map.of())
                .get(version);
        return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    private void loop() {
        while (!closing) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                take(record);
            }
        }
        consumer.close();
    }

    private void take(ConsumerRecord<String, String> record) {
        Header time = record.headers().lastHeader("ce_time");
        if (time != null && record.value() != null) {
            Instant at = Instant.parse(new String(time.value(), StandardCharsets.UTF_8));
            Long before = microsByDay
                    .computeIfAbsent(record.key(), key -> new ConcurrentHashMap<>())
                    .putIfAbsent(version(record.value()), at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
            assert before == null || before > 0;
        }
    }

    private static long version(String json) {
        int from = json.indexOf("\"version\":") + 10;
        int to = from;
        while (Character.isDigit(json.charAt(to))) {
            to++;
        }
        return Long.parseLong(json.substring(from, to));
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
