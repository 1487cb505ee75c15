package io.lasttable.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    @TempDir
    Path directory;

    @Test
    void kafkaKeepsItsRecordsOverARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            sendOneRecord(kafka);
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("kept", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(30));
            assertThat(records.records(partition)).extracting("value").containsExactly("still here");
        }
    }

    @Test
    void anUnknownTopicIsNotCreatedByAccident() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 1000),
                        new StringSerializer(),
                        new StringSerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var sent = producer.send(new ProducerRecord<>("no-such-topic", "k", "v"));
            assertThatThrownBy(sent::get).hasMessageContaining("no-such-topic");
            Set<String> topics = admin.listTopics().names().get();
            assertThat(topics).isEmpty();
        }
    }

    @Test
    void postgresKeepsItsDataOverARestartAndHasTheExclusionConstraintsExtension() throws Exception {
        int port = FreePorts.next();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            database.createDatabase("booking");
            try (var connection = DriverManager.getConnection(url(port), "postgres", "");
                    var statement = connection.createStatement()) {
                boolean rows =
                        statement.execute("create extension btree_gist; create table kept as select 42 as answer");
                assertThat(rows).isFalse();
            }
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.startDurable(directory, port)) {
            database.createDatabase("booking");
            try (var connection = DriverManager.getConnection(url(port), "postgres", "");
                    var row = connection.createStatement().executeQuery("select answer from kept")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void testsShareAServerAndNoDatabase() throws Exception {
        SharedDatabase one = SharedDatabase.empty();
        tell(one, "create table told (answer int)", 0);
        tell(one, "insert into told values (42)", 1);
        SharedDatabase copy = one.copy();
        assertThat(copy.port())
                .isEqualTo(one.port())
                .isEqualTo(SharedDatabase.empty().port());
        tell(copy, "delete from told where answer = 42", 1);
        tell(one, "update told set answer = 43 where answer = 42", 1);
        assertThatThrownBy(() -> tell(SharedDatabase.empty(), "delete from told", 0))
                .hasMessageContaining("told");
    }

    private static void tell(SharedDatabase database, String sql, int rows) throws Exception {
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(rows);
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/booking";
    }

    private static void sendOneRecord(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            Void created = admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(created).isNull();
            var acknowledged = producer.send(new ProducerRecord<>("kept", "k", "still here"))
                    .get();
            assertThat(acknowledged.hasOffset()).isTrue();
        }
    }
}
