package io.lasttable.notify.world;

import com.sun.net.httpserver.HttpServer;
import io.lasttable.embedded.EmbeddedKafka;
import io.lasttable.embedded.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker that goes and comes back, with its records, on the same port: POST {@code /down} and {@code /up} to {@code test.kafka}. */
public final class UnsteadyKafka implements QuarkusTestResourceLifecycleManager {

    private static final List<String> TOPICS = List.of("lasttable.days.v1", "lasttable.reservations.v1");

    private final int port = FreePorts.next();
    private Path directory;
    private EmbeddedKafka broker;
    private HttpServer control;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("lasttable-kafka");
            broker = EmbeddedKafka.start(directory, port);
            createTopics();
            control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            control.createContext("/", exchange -> {
                turn(exchange.getRequestURI().getPath().equals("/up"));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            control.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "test.kafka",
                "http://127.0.0.1:" + control.getAddress().getPort());
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var created = admin.createTopics(TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            assert created == null;
        }
    }

    private synchronized void turn(boolean up) {
        if (up && broker == null) {
            broker = EmbeddedKafka.start(directory, port);
        } else if (!up && broker != null) {
            broker.close();
            broker = null;
        }
    }

    /** @param way {@code up} or {@code down}; returns once it is so */
    public static void turn(String control, String way) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(control + "/" + way))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("answered " + answer.statusCode());
        }
    }

    @Override
    public void stop() {
        control.stop(0);
        turn(false);
    }
}
