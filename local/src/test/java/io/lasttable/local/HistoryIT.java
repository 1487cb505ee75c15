package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.local.History.Answered;
import io.lasttable.local.History.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two booking replicas on one database are one service: every answer is explained by one order of commits. */
class HistoryIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DATE =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3).toString();
    private static final int CLIENTS = 16;
    private static final int REQUESTS_EACH = 25;
    private static final int TABLES = 3;

    private static List<URI> replicas;
    private static String token;

    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        replicas = RunningPlatform.get().endpoints(Service.BOOKING);
        HttpRequest request = HttpRequest.newBuilder(URI.create(RunningPlatform.url()
                        + "/local/token?scope=venues:write%20reservations:write%20reservations:read&venue_ids=*"))
                .build();
        token = new JsonObject(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getString("access_token");
    }

    @Test
    void everyAnswerIsExplainedByOneOrderOfCommits() throws Exception {
        assertThat(replicas).hasSizeGreaterThanOrEqualTo(2);
        String venue = "history-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(send(0, "PUT", "/v1/venues/" + venue, venue(), "").statusCode())
                .isEqualTo(201);
        inParallel(client -> drive(venue, client));
        assertThat(strange).isEmpty();
        assertThat(answered).extracting(Answered::kind).contains(Kind.BOOKED, Kind.CANCELLED, Kind.REFUSED);
        assertThat(new History(TABLES, answered).contradictions()).isEmpty();
        for (URI replica : replicas) {
            assertThat(metrics(replica)).doesNotContain("lasttable_day_constraint_fired_total");
        }
    }

    /** The counter appears when the exclusion constraint first has to refuse what the day's lock should have. */
    private static String metrics(URI replica) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + Ports.management(replica.getPort()) + "/q/metrics"))
                .build();
        String metrics =
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(metrics).contains("lasttable_day_batch");
        return metrics;
    }

    /** The first answer of a key may come from either replica, and the other says the same or asks to wait. */
    @Test
    void oneKeyOnBothReplicasAtOnceMakesOneReservation() throws Exception {
        String venue = "keys-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(send(0, "PUT", "/v1/venues/" + venue, venue(), "").statusCode())
                .isEqualTo(201);
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        inParallel(client -> {
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> response = book(venue, client, "one-key");
                if (response.statusCode() == 201) {
                    ids.add(new JsonObject(response.body()).getString("id"));
                } else if (response.statusCode() != 409
                        || response.headers().firstValue("Retry-After").isEmpty()) {
                    strange.add(response.statusCode() + " " + response.body());
                }
            }
        });
        assertThat(strange).isEmpty();
        assertThat(ids.stream().distinct()).hasSize(1);
    }

    private interface Client {
        void run(int number) throws Exception;
    }

    private static void inParallel(Client client) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                running.add(clients.submit(() -> {
                    client.run(number);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                assertThat(each.get()).isNull();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Books, and gives up some of what it has; each request goes to either replica. */
    private void drive(String venue, int client) throws Exception {
        Random random = new Random(client);
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < REQUESTS_EACH; i++) {
            int replica = random.nextInt(2);
            if (!mine.isEmpty() && random.nextInt(3) > 0) {
                cancel(mine.remove(0), replica);
            } else {
                record(venue, replica, mine);
            }
        }
    }

    private void record(String venue, int replica, List<String> mine) throws Exception {
        long began = System.nanoTime();
        HttpResponse<String> response = book(venue, replica, "");
        long ended = System.nanoTime();
        JsonObject body = new JsonObject(response.body());
        if (response.statusCode() == 201) {
            String id = body.getString("id");
            mine.add(id);
            String table = body.getJsonArray("tables").getString(0);
            answered.add(new Answered(Kind.BOOKED, began, ended, body.getLong("dayVersion"), id, table));
        } else if (body.getString("type").equals("/problems/slot-taken")) {
            answered.add(new Answered(Kind.REFUSED, began, ended, body.getLong("dayVersion"), "", ""));
        } else {
            strange.add(response.statusCode() + " " + response.body());
        }
    }

    private void cancel(String id, int replica) throws Exception {
        long began = System.nanoTime();
        HttpResponse<String> response =
                send(replica, "POST", "/v1/reservations/" + id + "/cancel", new JsonObject(), "");
        long ended = System.nanoTime();
        if (response.statusCode() == 200) {
            long version = new JsonObject(response.body()).getLong("dayVersion");
            answered.add(new Answered(Kind.CANCELLED, began, ended, version, id, ""));
        } else {
            strange.add(response.statusCode() + " " + response.body());
        }
    }

    private static HttpResponse<String> book(String venue, int client, String key) throws Exception {
        JsonObject body = new JsonObject()
                .put("date", DATE)
                .put("time", "19:00")
                .put("partySize", 2)
                .put("guest", new JsonObject().put("name", "Ada"));
        return send(client % 2, "POST", "/v1/venues/" + venue + "/reservations", body, key);
    }

    private static HttpResponse<String> send(int replica, String method, String path, JsonObject body, String key)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        replicas.get(replica).resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()));
        return HTTP.send(
                (key.isEmpty() ? request : request.header("Idempotency-Key", key)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject venue() {
        JsonArray tables = new JsonArray();
        for (int i = 1; i <= TABLES; i++) {
            tables.add(new JsonObject().put("id", "T" + i).put("minCovers", 1).put("maxCovers", 2));
        }
        JsonObject dinner = new JsonObject()
                .put("name", "dinner")
                .put("days", new JsonArray(List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")))
                .put("firstSeating", "19:00")
                .put("lastSeating", "19:00")
                .put("slotInterval", "PT30M")
                .put(
                        "turnTimes",
                        new JsonArray()
                                .add(new JsonObject().put("upToPartySize", 2).put("duration", "PT2H")));
        return new JsonObject()
                .put("name", "History")
                .put("timeZone", "Europe/Paris")
                .put("tables", tables)
                .put("servicePeriods", new JsonArray().add(dinner))
                .put("bookingWindow", new JsonObject().put("maxDaysAhead", 5).put("minNotice", "PT0M"));
    }
}
