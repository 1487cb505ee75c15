package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's broker cannot be pulled here, but the program that turns its environment into settings and formats its disk is
 * part of Kafka: what it makes of the chart's variables starts a broker that does what the services need.
 */
class DemoKafkaTest {

    @TempDir
    Path directory;

    private final String address = "127.0.0.1:" + freePort();
    private final String controller = "127.0.0.1:" + freePort();

    @Test
    void theBrokerOfTheDemoTakesTopicsTransactionsAndGroups() throws Exception {
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(settingsAsTheImageMakesThem(), false), Time.SYSTEM);
        server.startup();
        try {
            createTopic();
            sendInATransaction();
            assertThat(readAsAGroup()).isEqualTo("news");
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private Properties settingsAsTheImageMakesThem() throws IOException, InterruptedException {
        Path made = Files.createDirectories(directory.resolve("config"));
        Path defaults = Files.createDirectories(directory.resolve("defaults"));
        for (String logging : List.of("log4j2.yaml", "tools-log4j2.yaml")) {
            Path empty = Files.createFile(defaults.resolve(logging));
            assertThat(empty).exists();
        }
        ProcessBuilder setup = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.docker.KafkaDockerWrapper",
                "setup",
                "--default-configs-dir",
                defaults.toString(),
                "--mounted-configs-dir",
                directory.resolve("none").toString(),
                "--final-configs-dir",
                made.toString());
        setup.environment().putAll(environment());
        setup.environment().put("CLUSTER_ID", "5L6g3nShT-eMCtK--X86sw");
        Process process = setup.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(made.resolve("server.properties"))) {
            settings.load(in);
        }
        return settings;
    }

    /** The chart's variables, with the pod's addresses and its disk moved to loopback and a folder. */
    private Map<String, String> environment() {
        Map<String, String> variables = Environment.of(Chart.forDemo()
                .render()
                .only(Deployment.class, "lasttable-kafka")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0));
        variables.replaceAll((name, value) -> value.replace("lasttable-kafka:9092", address)
                .replace("://:9092", "://" + address)
                .replace("localhost:9093", controller)
                .replace("/var/lib/kafka/data", directory.resolve("data").toString()));
        return variables;
    }

    private void createTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Void created = admin.createTopics(List.of(new NewTopic("days", 6, (short) 1)))
                    .all()
                    .get();
            assertThat(created).isNull();
        }
    }

    /** As booking's relay does: needs the topic of transactions, whose replicas the demo has to lower to one. */
    private void sendInATransaction() throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "transactional.id", "relay"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>("days", "key", "news"))
                            .get()
                            .hasOffset())
                    .isTrue();
            producer.commitTransaction();
        }
    }

    /** As availability's projection does: needs the topic of offsets. */
    private String readAsAGroup() {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "group.id", "projection", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("days"));
            var records = consumer.poll(Duration.ofSeconds(10));
            for (int more = 0; records.isEmpty() && more < 6; more++) {
                records = consumer.poll(Duration.ofSeconds(10));
            }
            consumer.commitSync();
            return records.iterator().next().value();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port on loopback", e);
        }
    }
}
