package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.Change;
import io.lasttable.benchmark.history.DayKey;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was committed to Kafka of a town's days, each partition in its order. */
final class KafkaLog {

    private static final String DAYS = "lasttable.days.v1";
    private static final String RESERVATIONS = "lasttable.reservations.v1";

    private final Town town;
    private final List<Change> changes = new ArrayList<>();
    private final Map<DayKey, List<Long>> days = new HashMap<>();
    private final Map<DayKey, Map<String, String>> documents = new HashMap<>();

    private KafkaLog(Town town) {
        this.town = town;
    }

    static KafkaLog read(String bootstrap, Town town) {
        KafkaLog log = new KafkaLog(town);
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(DAYS, RESERVATIONS).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            log.readTo(consumer.endOffsets(partitions), consumer);
        }
        return log;
    }

    private void readTo(Map<TopicPartition, Long> ends, KafkaConsumer<String, String> consumer) {
        Set<Map.Entry<TopicPartition, Long>> left = ends.entrySet();
        while (left.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, String> record) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(DAYS)) {
            takeDay(DayKey.parse(record.key()), new JsonObject(record.value()));
        } else if (new String(record.headers().lastHeader("ce_type").value()).startsWith("io.lasttable.reservation.")) {
            Change change = Change.of(new JsonObject(record.value()));
            if (town.has(change.day())) {
                changes.add(change);
            }
        }
    }

    private void takeDay(DayKey day, JsonObject document) {
        if (town.has(day)) {
            days.computeIfAbsent(day, any -> new ArrayList<>()).add(document.getLong("version"));
            documents.put(day, Sight.slots(document.getJsonArray("slots")));
        }
    }

    List<Change> changes() {
        return changes;
    }

    Map<DayKey, List<Long>> days() {
        return days;
    }

    Map<DayKey, Map<String, String>> documents() {
        return documents;
    }
}
