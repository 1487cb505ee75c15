package io.lasttable.booking.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of webhooks, as a product team would run one: it keeps all that it gets and answers as a test wants. */
final class Receiver implements AutoCloseable {

    /** A message as it arrived. */
    record Got(Map<String, List<String>> headers, String body) {

        String id() {
            return header("webhook-id");
        }

        String header(String name) {
            return headers.get(name).get(0);
        }

        JsonObject json() {
            return new JsonObject(body);
        }

        String subject() {
            return json().getString("subject");
        }

        String type() {
            return json().getString("type");
        }

        /** By the library that receivers use. */
        boolean isSignedWith(String secret) {
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        }
    }

    /** What is answered, and after how long. */
    record Answer(int status, String body, long millis, Map<String, String> headers) {

        static final Answer OK = of(204);

        static Answer of(int status) {
            return new Answer(status, "", 0, Map.of());
        }

        Answer after(long wait) {
            return new Answer(status, body, wait, headers);
        }
    }

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<Got, Answer> answers = message -> Answer.OK;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        var context = server.createContext("/", this::handle);
        assert context != null;
        server.start();
    }

    void answers(Function<Got, Answer> with) {
        answers = with;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks?a=b";
    }

    List<Got> got() {
        return List.copyOf(got);
    }

    /** Cursors of what has come about a reservation, in the order in which it came. */
    List<String> cursorsOf(String subject) {
        return got.stream()
                .filter(message -> subject.equals(message.subject()))
                .map(message -> message.json().getString("cursor"))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            Got message = new Got(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            Answer answer = answers.apply(message);
            got.add(message);
            Thread.sleep(answer.millis());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
