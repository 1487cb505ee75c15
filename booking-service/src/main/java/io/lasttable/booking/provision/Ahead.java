package io.lasttable.booking.provision;

import io.vertx.core.json.JsonObject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the topics know that the database does not: things that it lacks, and things that it has at a lower version. Only these
 * are kept in memory, whatever the topics hold.
 */
final class Ahead {

    private static final Duration ASK = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final String HIGHER_DAYS = """
            select known.key, known.version, day.version
            from unnest(?::text[], ?::bigint[]) as known (key, version)
            left join day on day.venue_id = split_part(known.key, '/', 1) and day.date = split_part(known.key, '/', 2)::date
            where known.version > coalesce(day.version, 0)
            """;
    private static final String HIGHER_CHANGES = """
            select known.key, known.version, coalesce(reservation.version, waitlist.version)
            from unnest(?::text[], ?::bigint[]) as known (key, version)
            left join reservation on reservation.id = known.key::uuid
            left join waitlist on waitlist.id = known.key::uuid
            where known.version > coalesce(reservation.version, waitlist.version, 0)
            """;
    private static final String UNKNOWN_VENUES = """
            select known.key, known.version, known.version
            from unnest(?::text[], ?::bigint[]) as known (key, version)
            where not exists (select from venue where venue_id = known.key)
            """;

    private final Map<String, Object> kafka;
    private final Connection database;
    private long gap;

    Ahead(Map<String, Object> kafka, Connection database) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.remove("group.id");
        this.kafka.put("enable.auto.commit", false);
        this.kafka.put("allow.auto.create.topics", false);
        this.database = database;
    }

    /** The most versions by which anything that was read is ahead of what the database has of it. */
    long gap() {
        return gap;
    }

    /** Days, as {@code venue/date}, with their versions. */
    Map<String, Long> days(String topic) throws SQLException {
        Map<String, Long> ahead = new TreeMap<>();
        scan(topic, HIGHER_DAYS, ConsumerRecord::key).forEach((key, value) -> ahead.put(key, value.getLong("version")));
        return ahead;
    }

    /** The newest state of reservations and waitlist entries. */
    List<JsonObject> changes(String topic) throws SQLException {
        return List.copyOf(scan(topic, HIGHER_CHANGES, record -> new JsonObject(record.value()).getString("id"))
                .values());
    }

    /** The documents of venues that the database lacks. */
    List<JsonObject> venues(String topic) throws SQLException {
        return List.copyOf(scan(topic, UNKNOWN_VENUES, ConsumerRecord::key).values());
    }

    private interface Name {

        /** Null of what has no state: the news that a guest is gone. */
        String of(ConsumerRecord<String, String> record);
    }

    private Map<String, JsonObject> scan(String topic, String query, Name name) throws SQLException {
        Map<String, JsonObject> ahead = new TreeMap<>();
        List<SQLException> failures = new ArrayList<>();
        read(topic, records -> {
            Map<String, JsonObject> newest = new HashMap<>();
            for (ConsumerRecord<String, String> record : records) {
                take(record, name, newest, ahead);
            }
            try {
                keepHigher(query, newest, ahead);
            } catch (SQLException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return ahead;
    }

    private static void take(
            ConsumerRecord<String, String> record,
            Name name,
            Map<String, JsonObject> newest,
            Map<String, JsonObject> ahead) {
        if (record.value() == null) {
            JsonObject gone = newest.remove(record.key());
            JsonObject before = ahead.remove(record.key());
            assert gone == null || before == null || !gone.isEmpty();
        } else {
            String key = name.of(record);
            JsonObject older = key == null ? null : newest.put(key, new JsonObject(record.value()));
            assert older == null || !older.isEmpty();
        }
    }

    private void keepHigher(String query, Map<String, JsonObject> newest, Map<String, JsonObject> ahead)
            throws SQLException {
        List<String> keys = List.copyOf(newest.keySet());
        try (PreparedStatement statement = database.prepareStatement(query)) {
            Array names = database.createArrayOf("text", keys.toArray());
            Array versions = database.createArrayOf(
                    "bigint",
                    keys.stream()
                            .map(key -> newest.get(key).getLong("version", 0L))
                            .toArray());
            statement.setArray(1, names);
            statement.setArray(2, versions);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    JsonObject older = ahead.put(found.getString(1), newest.get(found.getString(1)));
                    assert older == null || !older.isEmpty();
                    long here = found.getLong(3);
                    gap = found.wasNull() ? gap : Math.max(gap, found.getLong(2) - here);
                }
            }
        }
    }

    private void read(String topic, Consumer<ConsumerRecords<String, String>> batches) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, ASK).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
            long heard = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ASK) < end.getValue())) {
                ConsumerRecords<String, String> batch = consumer.poll(POLL);
                if (!batch.isEmpty()) {
                    batches.accept(batch);
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > ASK.toNanos()) {
                    throw new TimeoutException("Kafka does not give the rest of " + topic);
                }
            }
        }
    }
}
