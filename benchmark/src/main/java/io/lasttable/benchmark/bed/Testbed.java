package io.lasttable.benchmark.bed;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.benchmark.load.LoadProcess;
import io.lasttable.benchmark.measure.Proc;
import io.lasttable.local.Options;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import io.lasttable.local.Ways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** What scenarios measure with: the platform in the setup that they need, load processes, and who used how much CPU. */
public final class Testbed implements AutoCloseable {

    private final Options base;
    private final Effort effort;
    private final Path work;
    private final Map<String, LoadProcess> loads = new LinkedHashMap<>();
    private Setup setup;
    private Platform platform;
    private Api api;

    public Testbed(Options base, Effort effort, Path work) {
        this.base = base;
        this.effort = effort;
        this.work = work;
    }

    public Effort effort() {
        return effort;
    }

    /** The setup that the command line asks for; scenarios change from it only what they are about. */
    public Setup standard() {
        return base.setup();
    }

    /** The platform in this setup: the running one when it has it, else one with empty databases. */
    @CanIgnoreReturnValue
    public Platform platform(Setup wanted) throws Exception {
        return platform == null || !wanted.equals(setup) ? freshPlatform(wanted) : platform;
    }

    /** As {@link #platform(Setup)}, never one that has been used before. */
    @CanIgnoreReturnValue
    public Platform freshPlatform(Setup wanted) throws Exception {
        return freshPlatform(wanted, Ways.DIRECT);
    }

    /** As {@link #freshPlatform(Setup)}, with something between the parts. */
    @CanIgnoreReturnValue
    public Platform freshPlatform(Setup wanted, Ways ways) throws Exception {
        stopPlatform();
        delete(base.data());
        Options options = new Options(base.root(), base.data(), base.run(), base.ports(), wanted);
        platform = Platform.start(options, ways, step -> {});
        setup = wanted;
        api = new Api(base.url());
        return platform;
    }

    public Api api() {
        return api;
    }

    public List<Integer> ports(Service service) {
        return platform.endpoints(service).stream().map(URI::getPort).toList();
    }

    /** The load balancer's address. */
    public String url() {
        return base.url();
    }

    public int balancerPort() {
        return base.ports().balancer();
    }

    public String bootstrap() {
        return "127.0.0.1:" + base.ports().kafka();
    }

    public int databasePort() {
        return base.ports().database();
    }

    public String jdbc(String database) {
        return "jdbc:postgresql://127.0.0.1:" + base.ports().database() + "/" + database;
    }

    /** So that what is measured next cleans up after nobody else, and is planned for what there is. */
    public void vacuum(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc(database), "postgres", "");
                var statement = connection.createStatement()) {
            boolean rows = statement.execute("vacuum analyze");
            assert !rows;
        }
    }

    public Path root() {
        return base.root();
    }

    /** A scratch file of this run. */
    public Path file(String name) throws IOException {
        return Files.createDirectories(work).resolve(name);
    }

    /** The load process of that name, started when first asked for. */
    public LoadProcess load(String name) throws IOException {
        LoadProcess known = loads.get(name);
        if (known == null) {
            known = LoadProcess.start(name, work.resolve("logs"));
            loads.put(name, known);
        }
        return known;
    }

    /** Sends requests to a service's replicas and waits for the answers. */
    public HttpOutcome send(Service service, Requests requests, Pace pace) throws IOException {
        beginSending(ports(service), requests, pace);
        return sent();
    }

    /** Begins to send, to these ports in turn; {@link #sent} waits for the end. */
    public void beginSending(List<Integer> ports, Requests requests, Pace pace) throws IOException {
        String file = requests.write(file("requests.jsonl")).toString();
        JsonObject complete =
                pace.json().put("file", file).put("ports", new JsonArray(ports)).put("token", api.token());
        load("requests").begin("http", complete);
    }

    public HttpOutcome sent() throws IOException {
        return new HttpOutcome(load("requests").answer());
    }

    /** Of the servers under the running platform; empty while none runs. */
    public Map<String, String> versions() throws SQLException {
        if (platform == null) {
            return Map.of();
        }
        try (var database = DriverManager.getConnection(jdbc("postgres"), "postgres", "")) {
            return Map.of(
                    "PostgreSQL", database.getMetaData().getDatabaseProductVersion(),
                    "Kafka", AppInfoParser.getVersion());
        }
    }

    /** CPU seconds used so far, by who used them. */
    public Map<String, Double> cpu() {
        Map<String, Double> used = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            used.put(
                    service.label(), pids(service).mapToDouble(Proc::cpuSeconds).sum());
        }
        used.put("postgres", Proc.cpuSecondsOfTree(platform.pid("postgres")));
        used.put("kafka", Proc.cpuSeconds(platform.pid("kafka")));
        used.put("benchmark", Proc.cpuSeconds(ProcessHandle.current().pid()));
        used.put(
                "load",
                loads.values().stream()
                        .mapToDouble(load -> Proc.cpuSeconds(load.pid()))
                        .sum());
        return used;
    }

    /** CPU seconds used since {@code before}; {@code benchmark} is this process, the balancer too. */
    public Map<String, Double> cpuSince(Map<String, Double> before) {
        Map<String, Double> used = cpu();
        used.replaceAll((who, seconds) -> seconds - before.getOrDefault(who, 0.0));
        return used;
    }

    /** The pids of what may run on a JVM: the services' replicas and Kafka. */
    public Stream<Long> jvms() {
        return Stream.concat(Stream.of(Service.values()).flatMap(this::pids), Stream.of(platform.pid("kafka")));
    }

    /** CPU seconds that their just-in-time compilers have used so far; none where they are native. */
    public double compilerSeconds() {
        return jvms().mapToDouble(Proc::compilerSeconds).sum();
    }

    /** The pids of a service's replicas. */
    public Stream<Long> pids(Service service) {
        int replicas = setup.replicas().get(service);
        return Stream.iterate(1, n -> n + 1).limit(replicas).map(n -> platform.pid(service.replicaName(n, replicas)));
    }

    /** Ends it before the bed does, for who goes away with what it stands on. */
    public void stopPlatform() {
        if (platform != null) {
            platform.close();
            platform = null;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (LoadProcess load : loads.values()) {
            load.close();
        }
        loads.clear();
        stopPlatform();
    }
}
