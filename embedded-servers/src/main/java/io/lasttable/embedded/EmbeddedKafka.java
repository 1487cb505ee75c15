package io.lasttable.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real single-node Kafka broker (KRaft: broker and controller in one) inside this JVM, on loopback.
 *
 * <p>The directory is formatted on the first start and found again on the next, so topics and records outlive a
 * restart when the same directory is given. Topics are never created by accident: a client that names an unknown topic
 * gets an error, as on MSK.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts on free ports, keeping its records in {@code directory}. */
    public static EmbeddedKafka start(Path directory) {
        return start(directory, FreePorts.next());
    }

    /**
     * Starts and returns once the broker takes requests.
     *
     * @param directory where topics live; created when absent
     * @param port the port clients connect to; the controller listens on a free one
     * @throws IllegalStateException when the directory cannot be formatted or the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * As {@link #start(Path, int)}, with more ports to be reached at.
     *
     * @param others ports on which the broker listens too, each with the port that clients there are told to come back to:
     *     that of a proxy in front of it
     */
    public static EmbeddedKafka start(Path directory, int port, Map<Integer, Integer> others) {
        Properties properties = properties(directory, LOOPBACK + ":" + port);
        others.forEach((listens, told) -> addListener(properties, listens, told));
        return start(directory, LOOPBACK + ":" + port, properties);
    }

    private static void addListener(Properties p, int listens, int told) {
        String name = "CLIENTS" + listens;
        p.merge("listeners", name + "://" + LOOPBACK + ":" + listens, EmbeddedKafka::listed);
        p.merge("advertised.listeners", name + "://" + LOOPBACK + ":" + told, EmbeddedKafka::listed);
        p.merge("listener.security.protocol.map", name + ":PLAINTEXT", EmbeddedKafka::listed);
    }

    private static Object listed(Object some, Object another) {
        return some + "," + another;
    }

    /** As {@link #start(Path)}, for clients that speak TLS and reach the broker as {@code host}, a name of loopback. */
    static EmbeddedKafka startWithTls(Path directory, String host, ServerCertificate certificate) throws IOException {
        String address = host + ":" + FreePorts.next();
        Path keys = certificate.together(Files.createDirectories(directory).resolve("keys.pem"));
        Properties properties = properties(directory, address);
        properties.setProperty("listener.security.protocol.map", "CLIENTS:SSL,CONTROLLER:PLAINTEXT");
        properties.setProperty("ssl.keystore.type", "PEM");
        properties.setProperty("ssl.keystore.location", keys.toString());
        // The broker is a client too: of itself, when a transaction ends.
        properties.setProperty("ssl.truststore.type", "PEM");
        properties.setProperty(
                "ssl.truststore.location", certificate.certificate().toString());
        return start(directory, address, properties);
    }

    private static EmbeddedKafka start(Path directory, String address, Properties properties) {
        try {
            Files.createDirectories(directory);
            format(directory, properties);
        } catch (IOException e) {
            throw new IllegalStateException("Kafka cannot use the directory " + directory + ": " + e.getMessage(), e);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, address);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory, Properties properties) throws IOException {
        Path log = directory.resolve("log");
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Path file = directory.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, "written by EmbeddedKafka");
        }
        var said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()};
        int exit = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new IOException("formatting failed: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Properties properties(Path directory, String address) {
        String controller = LOOPBACK + ":" + FreePorts.next();
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@" + controller);
        p.setProperty("listeners", "CLIENTS://" + address + ",CONTROLLER://" + controller);
        p.setProperty("advertised.listeners", "CLIENTS://" + address);
        p.setProperty("inter.broker.listener.name", "CLIENTS");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("log.dirs", directory.resolve("log").toString());
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("log.cleaner.dedupe.buffer.size", "16777216");
        return p;
    }
}
