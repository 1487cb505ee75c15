package io.lasttable.notify.probe;

import com.sun.net.httpserver.HttpServer;
import io.lasttable.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Deliveries per CPU-second of the server: the built jar in a process of its own, watchers of one day, changes of about 600
 * bytes through Kafka. Arguments: watchers, changes per second, seconds, port, further JVM options of the server.
 *
 * <p>{@code ./mvnw -pl embedded-servers,notify-service package -DskipTests}, then run this class with the test class path.
 */
public final class FanOutProbe {

    private static final String DAYS = "lasttable.days.v1";
    private static final String KEY = "probe/2026-11-28";

    private FanOutProbe() {}

    public static void main(String[] arguments) throws Exception {
        int watchers = Integer.parseInt(arguments[0]);
        int perSecond = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int port = Integer.parseInt(arguments[3]);
        Path directory = Files.createTempDirectory("fan-out-probe");
        HttpServer readSide = readSide();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            createTopics(kafka.bootstrapServers());
            List<String> options = List.of(arguments).subList(4, arguments.length);
            Process server =
                    server(kafka.bootstrapServers(), port, readSide.getAddress().getPort(), options);
            try {
                awaitReady(port);
                measure(server, kafka.bootstrapServers(), port, watchers, perSecond, seconds);
            } finally {
                server.destroy();
                boolean ended = server.waitFor(20, TimeUnit.SECONDS);
                System.out.println(ended ? "server ended" : "server did not end");
                server.destroyForcibly();
            }
        }
        readSide.stop(0);
        System.exit(0);
    }

    private static void measure(Process server, String kafka, int port, int watchers, int perSecond, int seconds)
            throws Exception {
        long heapBefore = heapAfterGc(server);
        RawClients clients = new RawClients(watch());
        Thread thread = new Thread(clients, "clients");
        thread.setDaemon(true);
        thread.start();
        clients.connect(port, watchers);
        while (clients.frames < watchers * 2L) {
            Thread.sleep(50);
        }
        System.out.printf(
                "%d watchers connected; heap per connection %d bytes, resident %d MB%n",
                watchers, (heapAfterGc(server) - heapBefore) / watchers, resident(server) >> 20);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", "0"), new StringSerializer(), new StringSerializer())) {
            run(producer, clients, server, perSecond, Math.max(2, seconds / 3), 2, "warm up");
            run(producer, clients, server, perSecond, seconds, 1_000_000, "measured");
        }
        System.out.println(metrics(port));
        clients.stop();
    }

    private static void run(
            KafkaProducer<String, String> producer,
            RawClients clients,
            Process server,
            int perSecond,
            int seconds,
            int from,
            String name)
            throws Exception {
        long cpu = cpuMillis(server);
        long framesBefore = clients.frames;
        long bytesBefore = clients.bytes;
        long began = System.nanoTime();
        int changes = perSecond * seconds;
        for (int i = 0; i < changes; i++) {
            long due = began + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                Thread.sleep(0, 200_000);
            }
            var sent = producer.send(record(from + i));
            assert sent != null;
        }
        long before = -1;
        while (clients.frames != before) {
            before = clients.frames;
            Thread.sleep(200);
        }
        double cpuSeconds = (cpuMillis(server) - cpu) / 1000.0;
        long delivered = clients.frames - framesBefore;
        System.out.printf(
                "%s: %d changes/s, %d deliveries of %d bytes, server CPU %.2f s of %.2f: %.0f deliveries per CPU-second%n",
                name,
                perSecond,
                delivered,
                delivered == 0 ? 0 : (clients.bytes - bytesBefore) / delivered,
                cpuSeconds,
                (System.nanoTime() - began) / 1e9,
                delivered / cpuSeconds);
    }

    private static String watch() {
        return "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"probe\",\"date\":\"2026-11-28\"}";
    }

    private static ProducerRecord<String, String> record(int version) {
        ProducerRecord<String, String> record = new ProducerRecord<>(DAYS, KEY, day(version));
        record.headers().add("ce_time", Instant.now().toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** 60 slots, of which six change with each version: a change of about 600 bytes. */
    private static String day(int version) {
        StringBuilder slots = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            slots.append(i == 0 ? "" : ",")
                    .append(
                            "{\"time\":\"%02d:%02d\",\"startsAt\":\"2026-11-28T%02d:%02d:00Z\",\"left\":{\"2\":%d,\"4\":3}}"
                                    .formatted(i / 4, i % 4 * 15, i / 4, i % 4 * 15, i < 6 ? version : 1));
        }
        return "{\"venueId\":\"probe\",\"date\":\"2026-11-28\",\"version\":" + version
                + ",\"minNotice\":\"PT30M\",\"slots\":[" + slots + "]}";
    }

    private static HttpServer readSide() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/venues/", exchange -> {
            byte[] body = day(1).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void createTopics(String kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Void created = admin.createTopics(List.of(
                            new NewTopic(DAYS, 4, (short) 1), new NewTopic("lasttable.reservations.v1", 4, (short) 1)))
                    .all()
                    .get();
            assert created == null;
        }
    }

    private static Process server(String kafka, int port, int readSide, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "KAFKA_BOOTSTRAP_SERVERS", kafka,
                        "LASTTABLE_AVAILABILITY_URL", "http://127.0.0.1:" + readSide,
                        "LASTTABLE_WATCH_TOKEN_KEY", "only-for-this-probe-0123456789abcdef",
                        "LASTTABLE_LIMITS_CONNECTIONS_PER_ADDRESS", "0",
                        "LASTTABLE_DRAIN_NOTICE", "PT0S",
                        "LASTTABLE_LOG_JSON", "false"));
        return builder.start();
    }

    private static void awaitReady(int port) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                if (get(port, "/q/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(200);
            }
        }
        throw new IllegalStateException("not ready");
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String metrics(int port) throws Exception {
        StringBuilder shown = new StringBuilder();
        get(port, "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("lasttable_live") && !line.contains("bucket"))
                .forEach(line -> shown.append(line).append('\n'));
        return shown.toString();
    }

    private static long cpuMillis(Process server) {
        return server.info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static long resident(Process server) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/" + server.pid() + "/statm"))
                        .split(" ")[1])
                * 4096;
    }

    private static long heapAfterGc(Process server) throws Exception {
        for (int i = 0; i < 2; i++) {
            String said = jcmd(server, "GC.run");
            assert !said.isEmpty();
        }
        String info = jcmd(server, "GC.heap_info");
        var used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(info);
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1024;
            if (info.contains("garbage-first")) {
                break;
            }
        }
        return sum;
    }

    private static String jcmd(Process server, String what) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.pid()),
                        what)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = jcmd.waitFor();
        return exit == 0 ? said : "failed: " + said;
    }
}
