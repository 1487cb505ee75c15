package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The promise of the platform, over two notify replicas. The test that kills a replica comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LastTableIT {

    private static final Logger LOG = LoggerFactory.getLogger(LastTableIT.class);
    private static final String DATE = LocalDate.now().plusDays(2).toString();
    private static Platform platform;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        platform = RunningPlatform.get();
        api = new Api(RunningPlatform.url());
    }

    @Test
    @Order(1)
    void whoeverWatchesOnAnotherReplicaSeesTheTableGo() throws Exception {
        publish("story");
        try (Listener one = on("notify-1").watch("story", DATE, 0);
                Listener other = on("notify-2").watch("story", DATE, 0)) {
            assertThat(one.awaitVersion(1).left("19:00")).isEqualTo(1);
            assertThat(other.awaitVersion(1).left("19:00")).isEqualTo(1);
            HttpResponse<String> booked = api.book("story", DATE, "19:00");
            long answered = System.nanoTime();
            assertThat(booked.statusCode()).isEqualTo(201);
            Listener.Heard seen = other.awaitVersion(2);
            assertThat(seen.left("19:00")).isZero();
            assertThat(one.awaitVersion(2).left("19:00")).isZero();
            LOG.info("From 201 to the frame at the other replica's watcher: {} ms", (seen.nanoTime() - answered) / 1e6);
        }
    }

    @Test
    @Order(2)
    void theLastTableGoesToExactlyOneOf200() throws Exception {
        publish("racers");
        List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            attempts.add(() -> api.book("racers", DATE, "19:00"));
        }
        ExecutorService guests = Executors.newFixedThreadPool(50);
        List<HttpResponse<String>> answers = new ArrayList<>();
        try {
            for (Future<HttpResponse<String>> answer : guests.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        } finally {
            guests.shutdown();
        }
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        List<JsonObject> refusals = answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .map(answer -> new JsonObject(answer.body()))
                .toList();
        assertThat(refusals).hasSize(199);
        assertThat(refusals).allMatch(refusal -> refusal.getString("type").equals("/problems/slot-taken"));
        assertThat(refusals)
                .allMatch(refusal -> !refusal.getJsonArray("alternatives").isEmpty());
    }

    @Test
    @Order(3)
    void whoReconnectsToTheOtherReplicaWithItsVersionMissesNothing() throws Exception {
        publish("resume");
        try (Listener before = on("notify-1").watch("resume", DATE, 0)) {
            assertThat(before.awaitVersion(1).version()).isEqualTo(1);
        }
        assertThat(api.book("resume", DATE, "17:30").statusCode()).isEqualTo(201);
        assertThat(api.book("resume", DATE, "19:00").statusCode()).isEqualTo(201);
        try (Listener after = on("notify-2").watch("resume", DATE, 1)) {
            Listener.Heard newest = after.awaitVersion(3);
            assertThat(newest.left("17:30")).isZero();
            assertThat(newest.left("19:00")).isZero();
            List<Long> versions = after.versions();
            assertThat(versions).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    @Order(9)
    void clientsGoOnWhenAReplicaIsKilled() throws Exception {
        publish("killed");
        List<String> ends = new CopyOnWriteArrayList<>();
        platform.onDeath(failure -> ends.add(failure.getMessage()));
        long pid = platform.pid("notify-1");
        try (Listener lost = on("notify-1").watch("killed", DATE, 0)) {
            assertThat(lost.awaitVersion(1).version()).isEqualTo(1);
            boolean killed = ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(killed).isTrue();
            await().until(lost::isClosed);
        }
        assertThat(api.book("killed", DATE, "19:00").statusCode()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .untilAsserted(() -> {
                    try (Listener back = throughBalancer().watch("killed", DATE, 1)) {
                        assertThat(back.awaitVersion(2).left("19:00")).isZero();
                    }
                });
        assertThat(ends).as("the platform goes on with the other replica").isEmpty();
    }

    private static void publish(String venue) throws Exception {
        HttpResponse<String> published = api.publish(venue);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        await().until(() -> api.get("/v1/venues/" + venue + "/days/" + DATE).contains("\"version\":1"));
    }

    private static Listener on(String replica) throws Exception {
        return Listener.on(platform.servicePorts().get(replica));
    }

    private static Listener throughBalancer() throws Exception {
        return Listener.on(java.net.URI.create(RunningPlatform.url()).getPort());
    }
}
