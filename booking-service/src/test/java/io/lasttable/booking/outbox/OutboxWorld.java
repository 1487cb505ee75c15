package io.lasttable.booking.outbox;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.Migrations;
import io.lasttable.embedded.EmbeddedKafka;
import io.lasttable.embedded.FreePorts;
import io.lasttable.embedded.SharedDatabase;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/** An outbox with its database and its broker, both of which can go away and come back, and as many relays as a test wants. */
final class OutboxWorld implements AutoCloseable {

    static final String DAYS = "days";
    static final String WATERMARKS = "watermarks";
    static final ShardRelay.Pace PACE = new ShardRelay.Pace(
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofMillis(2),
            Duration.ofMillis(10),
            100,
            Duration.ofMillis(50));
    private static final long LARGEST_RECORD = 2 << 20;
    private static final Watermarks.Shard SHARD = new Watermarks.Shard(0, 4);

    private final Path directory;
    private final int kafkaPort = FreePorts.next();
    private final SharedDatabase postgres = Migrations.database();
    private final List<Runnable> closing = new ArrayList<>();
    private EmbeddedKafka kafka;

    OutboxWorld(Path directory) throws Exception {
        this.directory = directory;
        startKafka();
        try (Admin admin = Admin.create(connection())) {
            admin.createTopics(List.of(
                            new NewTopic(DAYS, 1, (short) 1),
                            new NewTopic("reservations", 1, (short) 1),
                            new NewTopic("venues", 1, (short) 1),
                            new NewTopic(WATERMARKS, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    int databasePort() {
        return postgres.port();
    }

    DataSource database() {
        return database(postgres.port());
    }

    /** As one reaches it through another port, with the limit that the service sets to a connection's opening. */
    DataSource database(int port) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setPortNumbers(new int[] {port});
        database.setLoginTimeout(10);
        database.setDatabaseName(postgres.name());
        database.setUser("postgres");
        return database;
    }

    OutboxRows rows() {
        return new OutboxRows(database());
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(directory, kafkaPort);
    }

    void stopKafka() {
        kafka.close();
    }

    Map<String, Object> connection() {
        return connection(kafkaPort);
    }

    private static Map<String, Object> connection(int port) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "delivery.timeout.ms",
                5_000,
                "request.timeout.ms",
                2_000,
                "max.block.ms",
                5_000);
    }

    ShardProducer producer() {
        return producer(kafkaPort);
    }

    /** One that looks for Kafka at another port. */
    ShardProducer producer(int port) {
        return new ShardProducer(connection(port), SHARD, topics(), "outbox-0", LARGEST_RECORD);
    }

    /** As who waits for the shard of {@link #producer()}. */
    void rehearse() {
        ShardProducer.rehearse(connection(), SHARD, topics(), "outbox-0", LARGEST_RECORD);
    }

    private static OutboxSettings.Topics topics() {
        return (OutboxSettings.Topics) Proxy.newProxyInstance(
                OutboxWorld.class.getClassLoader(),
                new Class<?>[] {OutboxSettings.Topics.class},
                (proxy, method, arguments) -> method.getName());
    }

    ShardLeases leases(String owner) {
        return leases(owner, database());
    }

    ShardLeases leases(String owner, DataSource database) {
        ShardLeases leases = new ShardLeases(database, owner, PACE.lease());
        closing.add(leases::close);
        return leases;
    }

    /** A relay of shard 0 that runs until the world closes. */
    @CanIgnoreReturnValue
    ShardRelay relay(ShardLeases leases, Publishers publishers) {
        return relay(leases, publishers, PACE.gather());
    }

    /** As {@link #relay(ShardLeases, Publishers)}, with transactions that stay open so long. */
    @CanIgnoreReturnValue
    ShardRelay relay(ShardLeases leases, Publishers publishers, Duration gather) {
        return relay(leases, rows(), publishers, gather);
    }

    /** As {@link #relay(ShardLeases, Publishers)}, with a way of its own to the database. */
    @CanIgnoreReturnValue
    ShardRelay relay(ShardLeases leases, OutboxRows rows, Publishers publishers, Duration gather) {
        ShardRelay.Pace pace =
                new ShardRelay.Pace(PACE.lease(), PACE.poll(), PACE.spacing(), gather, PACE.batch(), PACE.watermark());
        ShardRelay relay = new ShardRelay(0, leases, rows, publishers, pace, new ShardRelay.Published() {
            @Override
            public void acknowledged(OutboxRows.Row row) {}

            @Override
            public void accept(OutboxRows.Removed removed) {}
        });
        Thread thread = new Thread(relay, "relay");
        thread.setDaemon(true);
        thread.start();
        closing.add(relay::stop);
        return relay;
    }

    /** Commits the state {@code version} of a day, and with it a change of one of its reservations. */
    void commit(String day, int version) throws SQLException {
        try (Connection connection = begin(day, version)) {
            connection.commit();
        }
    }

    /** As {@link #commit}, with the commit left to the caller. */
    Connection begin(String day, int version) throws SQLException {
        return begin(day, Integer.toString(version));
    }

    Connection begin(String day, String payload) throws SQLException {
        Connection connection = database().getConnection();
        try (var insert = connection.prepareStatement("insert into outbox (venue_id, shard, event_id, topic, key, type,"
                + " subject, time, payload) values ('v', 0, ?, ?, ?, 't', 's', now(), ?)")) {
            connection.setAutoCommit(false);
            for (Topic topic : List.of(Topic.DAYS, Topic.RESERVATIONS)) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, topic.name());
                insert.setString(3, topic == Topic.DAYS ? "v/" + day : "v");
                insert.setString(4, payload);
                insert.executeUpdate();
            }
        }
        return connection;
    }

    /** By the database. */
    Instant clock() throws SQLException {
        return Instant.ofEpochSecond(
                0, 1_000 * ask("select (extract(epoch from clock_timestamp()) * 1000000)::bigint"));
    }

    /** Which one it is, as the relay asks. */
    String server() throws SQLException {
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select " + OutboxRows.SERVER)) {
            boolean answered = found.next();
            assert answered;
            return found.getString(1);
        }
    }

    /** The number that a statement answers with. */
    long ask(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            boolean answered = found.next();
            assert answered;
            return found.getLong(1);
        }
    }

    long waiting() throws SQLException {
        return rows().backlog(1).rows();
    }

    /** The payloads of the changes feed in the order of their numbers; fails when a number is missing. */
    List<String> feed() throws SQLException {
        List<String> payloads = new ArrayList<>();
        try (Connection connection = database().getConnection();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery("select seq, payload from change where venue_id = 'v' order by seq")) {
            while (found.next()) {
                if (found.getLong(1) != payloads.size() + 1) {
                    throw new AssertionError("number " + (payloads.size() + 1) + " is missing");
                }
                payloads.add(found.getString(2));
            }
        }
        return payloads;
    }

    /** All that a reader of uncommitted records sees of the days topic, as {@code key=version}. */
    List<String> log() {
        return records(DAYS).stream()
                .map(record -> record.key() + "=" + record.value())
                .toList();
    }

    /** All that a reader of uncommitted records sees of a topic. */
    List<ConsumerRecord<String, String>> records(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(connection(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        closing.forEach(Runnable::run);
        kafka.close();
    }
}
