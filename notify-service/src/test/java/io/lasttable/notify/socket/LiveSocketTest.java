package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.Lines;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Publisher;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The day's life on socket and stream, with a real Kafka. */
@QuarkusTest
class LiveSocketTest {

    @TestHTTPResource("/v1/live")
    URI live;

    /** Asked for, not injected: {@link LiveSocketIT} is no bean. */
    private final String readSide = ConfigProvider.getConfig().getValue("lasttable.availability-url", String.class);

    private final Publisher publisher =
            new Publisher(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));

    @BeforeEach
    void isAdmitted() {
        LiveClient.awaitAdmission(live);
    }

    @Test
    void aWatcherGetsHelloThenTheDayThenEachChange() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            client.watch("a", "known-1");
            assertThat(client.frame(0).get("op").asText()).isEqualTo("hello");
            assertThat(client.subprotocol()).isEqualTo("lasttable.v1");
            JsonNode day = client.frame(1);
            assertThat(day.get("op").asText()).isEqualTo("day");
            assertThat(day.get("version").asInt()).isEqualTo(18);
            assertThat(day.get("slots").get(1).get("left").get("2").asInt()).isEqualTo(1);

            ObjectNode next = Days.day("known-1", 19);
            ((ObjectNode) next.get("slots").get(1).get("left")).removeAll();
            publisher.day(next);
            publisher.day(Days.day("known-1", 17));
            JsonNode change = client.frame(2);
            assertThat(change.get("op").asText()).isEqualTo("change");
            assertThat(change.get("from").asInt()).isEqualTo(18);
            assertThat(change.get("version").asInt()).isEqualTo(19);
            assertThat(change.get("slots")).hasSize(1);
            assertThat(change.get("slots").get(0).get("time").asText()).isEqualTo("19:00");
        }
    }

    @Test
    void whoComesBackWithTheNewestVersionHearsNothingUntilItChanges() throws Exception {
        publisher.day(Days.day("known-2", 30));
        try (LiveClient first = new LiveClient(live);
                LiveClient back = new LiveClient(live)) {
            assertThat(first.watch("first", "known-2").version(30).get("op").asText())
                    .isIn("day", "change");
            back.send("{'op':'watch','ref':'a','venueId':'known-2','date':'2026-11-28','version':30}");
            back.send("{'op':'unwatch','ref':'no-such'}");
            assertThat(back.frame(1).get("code").asText()).isEqualTo("unknown-ref");
            publisher.day(Days.day("known-2", 31));
            assertThat(back.frame(2).get("version").asInt()).isEqualTo(31);
        }
    }

    @Test
    void whoAsksToConfirmHearsThatItHasTheNewestVersion() throws Exception {
        publisher.day(Days.day("known-5", 40));
        try (LiveClient first = new LiveClient(live);
                LiveClient back = new LiveClient(live)) {
            assertThat(first.watch("first", "known-5").version(40).isObject()).isTrue();
            back.send("{'op':'watch','ref':'a','venueId':'known-5','date':'2026-11-28','version':40,'confirm':true}");
            assertThat(back.frame(1).get("op").asText()).isEqualTo("current");
            assertThat(back.frame(1).get("version").asInt()).isEqualTo(40);
        }
    }

    @Test
    void whoComesBackFromTheFutureKeepsWhatItHasUntilThatIsPassed() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            client.send("{'op':'watch','ref':'a','venueId':'known-6','date':'2026-11-28','version':99}");
            client.send("{'op':'unwatch','ref':'no-such'}");
            assertThat(client.frame(1).get("code").asText()).isEqualTo("unknown-ref");
            publisher.day(Days.day("known-6", 100));
            assertThat(client.frame(2).get("op").asText()).isEqualTo("day");
            assertThat(client.frame(2).get("version").asInt()).isEqualTo(100);
        }
    }

    @Test
    void anUnknownVenueIsAnErrorAndTheConnectionStays() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            client.send("{'op':'watch','ref':'x\\\\y','venueId':'nowhere','date':'2026-11-28'}");
            assertThat(client.frame(1).get("code").asText()).isEqualTo("unknown-venue");
            assertThat(client.frame(1).get("ref").asText()).isEqualTo("x\\y");
            client.watch("a", "known-3");
            assertThat(client.frame(2).get("op").asText()).isEqualTo("day");
            client.watch("a", "known-3");
            assertThat(client.frame(3).get("code").asText()).isEqualTo("duplicate-ref");
        }
    }

    @Test
    void whileTheReadSideIsDownTheWatcherIsToldAndChangesFlow() throws Exception {
        String path = "/v1/venues/slow-1/days/2026-11-28";
        readSideHas(path, Days.day("slow-1", 3), 503);
        try (LiveClient client = new LiveClient(live);
                LiveClient other = new LiveClient(live)) {
            client.watch("a", "slow-1");
            assertThat(client.error("not-yet-known").get("ref").asText()).isEqualTo("a");
            publisher.day(Days.day("slow-1", 7));
            assertThat(client.version(7).get("op").asText()).isEqualTo("day");
            readSideHas("/v1/venues/slow-2/days/2026-11-28", Days.day("slow-2", 3), 503);
            other.watch("b", "slow-2");
            assertThat(other.error("not-yet-known").get("ref").asText()).isEqualTo("b");
            readSideHas("/v1/venues/slow-2/days/2026-11-28", Days.day("slow-2", 3), 200);
            assertThat(other.version(3).get("op").asText()).isEqualTo("day");
        }
    }

    /** Between what the read side has and what this replica remembers, a change may have been that neither shows. */
    @Test
    void aStateFromAReadSideThatLagsFurtherThanIsRememberedIsNotShown() throws Exception {
        String path = "/v1/venues/slow-3/days/2026-11-28";
        readSideHas(path, Days.day("slow-3", 3), 200, Duration.ofHours(1));
        try (LiveClient client = new LiveClient(live)) {
            client.watch("a", "slow-3");
            assertThat(client.frame(1).path("code").asText()).isEqualTo("not-yet-known");
            readSideHas(path, Days.day("slow-3", 4), 200, Duration.ofSeconds(1));
            assertThat(client.version(4).get("op").asText()).isEqualTo("day");
        }
    }

    @Test
    void aReadSideThatLagsHidesNothing() throws Exception {
        publisher.day(Days.day("known-7", 25));
        try (LiveClient probe = new LiveClient(live);
                LiveClient client = new LiveClient(live)) {
            assertThat(probe.watch("p", "known-7").version(25).isObject()).isTrue();
            client.watch("a", "known-7");
            assertThat(client.frame(1).get("version").asInt()).isEqualTo(25);
        }
        try (LiveClient later = new LiveClient(live)) {
            later.watch("a", "known-7");
            assertThat(later.frame(1).get("version").asInt()).isEqualTo(25);
        }
    }

    @Test
    void aDayThatIsTakenAwayEndsItsWatches() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            client.watch("a", "known-8");
            assertThat(client.frame(1).get("version").asInt()).isEqualTo(18);
            publisher.dayRemoved("known-8", "2026-11-28");
            assertThat(client.error("unknown-day").get("ref").asText()).isEqualTo("a");
        }
    }

    @Test
    void aFrameThatIsNotOfTheProtocolClosesWith4400() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            assertThat(client.send("{'op':'dance','ref':'a'}").closeCode()).isEqualTo(4400);
            assertThat(client.closeReason()).isEqualTo("unknown op");
        }
    }

    @Test
    void theSameDayStreamsAsServerSentEvents() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var streaming = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(live + "/venues/known-4/days/2026-11-28"))
                                .build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        await().until(() -> lines.contains("id: 18"));
        publisher.day(Days.day("known-4", 19));
        await().until(() -> lines.contains("id: 19"));
        assertThat(lines).anyMatch(line -> line.startsWith("data: {\"op\":\"day\""));
        assertThat(streaming.cancel(true)).isTrue();

        List<String> resumed = new CopyOnWriteArrayList<>();
        var again = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(live + "/venues/known-4/days/2026-11-28"))
                                .header("Last-Event-ID", "19")
                                .build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(resumed)));
        await().until(() -> resumed.contains(": current 19"));
        assertThat(again.cancel(true)).isTrue();
    }

    @Test
    void aStreamOfAnUnknownVenueSaysSoAndEnds() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(live + "/venues/nowhere/days/2026-11-28"))
                .timeout(Duration.ofSeconds(30))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).contains("event: error-frame", "unknown-venue").contains("retry: 60000");
    }

    private void readSideHas(String path, JsonNode day, int status) throws Exception {
        readSideHas(path, day, status, Duration.ZERO);
    }

    private void readSideHas(String path, JsonNode day, int status, Duration lag) throws Exception {
        var stored = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(readSide + path))
                                .header("Status", String.valueOf(status))
                                .header("Lag", String.valueOf(lag.toMillis()))
                                .PUT(HttpRequest.BodyPublishers.ofString(day.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(stored.statusCode()).isEqualTo(204);
    }
}
