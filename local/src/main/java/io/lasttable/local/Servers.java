package io.lasttable.local;

import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.KafkaMain;
import io.lasttable.local.process.PidFile;
import io.lasttable.local.process.ServiceProcess;
import io.lasttable.local.process.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL and Kafka, each a process that can be killed and started again on its data. */
final class Servers implements AutoCloseable {

    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final Options options;
    private final Ways ways;
    private final PidFile pids;
    private EmbeddedDatabase database;
    private ServiceProcess kafka;

    Servers(Options options, Ways ways, PidFile pids) {
        this.options = options;
        this.ways = ways;
        this.pids = pids;
    }

    void startDatabase() {
        int port = options.ports().database();
        database = options.setup().durable()
                ? EmbeddedDatabase.startDurable(databaseFiles(), port)
                : EmbeddedDatabase.start(databaseFiles(), port);
        database.createDatabase("booking");
        database.createDatabase("availability");
    }

    void startKafka() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                KafkaMain.class.getName(),
                options.data().resolve(KAFKA).toString(),
                String.valueOf(options.ports().kafka())));
        ways.brokerPorts().forEach((listens, told) -> command.add(listens + ":" + told));
        Path log = options.data().resolve("logs").resolve(KAFKA + ".log");
        int port = options.ports().kafka();
        kafka = ServiceProcess.start(new ServiceSpec(KAFKA, port, port, command, Map.of(), log), pids);
        kafka.awaitListening(START_LIMIT);
    }

    /** Of PostgreSQL the first process, whose children serve the connections. */
    long pid(String server) {
        return server.equals(KAFKA) ? kafka.pid() : databasePid();
    }

    /** Ends it if need be, and returns when it takes connections again. */
    void restart(String server) throws InterruptedException {
        if (server.equals(KAFKA)) {
            stopKafka();
            startKafka();
        } else {
            database.close();
            startDatabase();
        }
    }

    private void stopKafka() throws InterruptedException {
        kafka.requestStop();
        kafka.awaitEnd(STOP_GRACE);
    }

    private long databasePid() {
        try {
            Path file = databaseFiles().resolve("postmaster.pid");
            return Long.parseLong(Files.readAllLines(file).get(0).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's pid is not known", e);
        }
    }

    private Path databaseFiles() {
        return options.data().resolve(POSTGRES);
    }

    @Override
    public void close() throws InterruptedException {
        if (kafka != null) {
            stopKafka();
        }
        if (database != null) {
            database.close();
        }
    }
}
