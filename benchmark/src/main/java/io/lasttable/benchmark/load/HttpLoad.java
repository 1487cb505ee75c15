package io.lasttable.benchmark.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One load on its way: sends, measures, tallies. */
final class HttpLoad {

    private static final long ANSWER_WITHIN_MS = 60_000;

    private final HttpClient client;
    private final List<Integer> ports;
    private final String token;
    private final String contains;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Map<String, String> remembered = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private double seconds;

    /** @param contains answers with this text are counted */
    HttpLoad(HttpClient client, List<Integer> ports, String token, String contains) {
        this.client = client;
        this.ports = ports;
        this.token = token;
        this.contains = contains;
    }

    void closed(List<Request> requests, int clients) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(requests.size());
        long start = System.nanoTime();
        for (int i = 0; i < Math.min(clients, requests.size()); i++) {
            sendNext(requests, next, done);
        }
        done.await();
        seconds = (System.nanoTime() - start) / 1e9;
    }

    private void sendNext(List<Request> requests, AtomicInteger next, CountDownLatch done) {
        int mine = next.getAndIncrement();
        if (mine < requests.size()) {
            send(requests.get(mine), System.nanoTime(), () -> {
                done.countDown();
                sendNext(requests, next, done);
            });
        }
    }

    void timetable(List<Request> requests) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(requests.size());
        long start = System.nanoTime();
        for (Request request : requests) {
            long due = start + (long) (request.atMillis() * 1e6);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            send(request, due, done::countDown);
        }
        done.await();
        seconds = (System.nanoTime() - start) / 1e9;
    }

    void burst(List<Request> requests, int connections) throws InterruptedException {
        warmConnections(connections);
        CountDownLatch done = new CountDownLatch(requests.size());
        long start = System.nanoTime();
        requests.forEach(request -> send(request, start, done::countDown));
        done.await();
        seconds = (System.nanoTime() - start) / 1e9;
    }

    /** Opens so many connections by as many requests in flight at once, in steps that the backlog takes. */
    private void warmConnections(int connections) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            Request probe = new Request("warm", "GET", "/v1", "", Map.of(), 0, "");
            send(probe, System.nanoTime(), done::countDown);
            if (i % 200 == 199) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        done.await();
        Tally notMeasured = tallies.remove("warm");
        assert notMeasured != null;
    }

    private void send(Request request, long due, Runnable then) {
        Tally tally = tallies.computeIfAbsent(request.label(), label -> new Tally());
        var path = request.path(remembered);
        if (path.isEmpty()) {
            tally.skipped();
            then.run();
            return;
        }
        int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
        var options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(path.get())
                .setTimeout(ANSWER_WITHIN_MS);
        headers(request, options);
        client.request(options)
                .compose(sent -> request.body().isEmpty() ? sent.send() : sent.send(Buffer.buffer(request.body())))
                .compose(answer -> answer.body().map(body -> note(request, tally, answer, body)))
                .recover(failure -> Future.succeededFuture(failure.getClass().getSimpleName()))
                .onComplete(status -> {
                    tally.add(status.result(), (System.nanoTime() - due) / 1_000);
                    then.run();
                });
    }

    private void headers(Request request, RequestOptions options) {
        request.headers().forEach(options::putHeader);
        if (!token.isEmpty()) {
            options.putHeader("Authorization", "Bearer " + token);
        }
        if (!request.body().isEmpty()) {
            options.putHeader("Content-Type", "application/json");
        }
    }

    private String note(Request request, Tally tally, HttpClientResponse answer, Buffer body) {
        if (!contains.isEmpty() && body.toString().contains(contains)) {
            tally.contains();
        }
        if (!request.as().isEmpty() && answer.statusCode() < 300) {
            String before = remembered.put(request.as(), new JsonObject(body).getString("id"));
            assert before == null || !before.isEmpty();
        }
        return String.valueOf(answer.statusCode());
    }

    JsonObject json() {
        JsonObject labels = new JsonObject();
        tallies.forEach((label, tally) -> labels.put(label, tally.json()));
        return new JsonObject().put("seconds", seconds).put("labels", labels);
    }
}
