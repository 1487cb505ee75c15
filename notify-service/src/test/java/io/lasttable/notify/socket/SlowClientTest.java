package io.lasttable.notify.socket;

import static io.lasttable.notify.world.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Publisher;
import io.lasttable.notify.world.RawSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Who reads nothing costs one frame, delays nobody, and has the newest state once it reads again. */
@QuarkusTest
class SlowClientTest {

    private static final int VERSIONS = 1500;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/v1/live")
    URI live;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void aClientThatDoesNotReadSkipsStatesAndEndsAtTheNewest() throws Exception {
        try (RawSocket slow = new RawSocket(live, 4096);
                LiveClient quick = new LiveClient(live)) {
            assertThat(slow.upgrade("GET /v1/live HTTP/1.1", "")).startsWith("HTTP/1.1 101");
            slow.text("{'op':'watch','ref':'a','venueId':'known-slow','date':'2026-11-28'}");
            assertThat(slow.nextText("\"day\"")).contains("\"version\":18");
            quick.watch("a", "known-slow");
            assertThat(quick.version(18).isObject()).isTrue();

            new Publisher(bootstrapServers).days(days());

            assertThat(quick.version(18 + VERSIONS).isObject()).isTrue();
            List<Integer> seen = versions(slow);
            assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith(18 + VERSIONS);
            // What the system holds for it is old by the time it is read: the less of it the better.
            assertThat(seen).hasSizeLessThan(VERSIONS / 20);
        }
    }

    /** Versions of 60 slots that all differ: some 4 kB each, far more together than any socket buffer. */
    private static List<ObjectNode> days() throws IOException {
        List<ObjectNode> days = new ArrayList<>();
        for (int version = 19; version <= 18 + VERSIONS; version++) {
            ObjectNode day = Days.day("known-slow", version);
            ArrayNode slots = day.putArray("slots");
            for (int i = 0; i < 60; i++) {
                ObjectNode slot = slots.addObject()
                        .put("time", "%02d:%02d".formatted(i / 4, i % 4 * 15))
                        .put("startsAt", "2026-11-28T%02d:%02d:00Z".formatted(i / 4, i % 4 * 15));
                slot.putObject("left").put("2", version);
            }
            days.add(day);
        }
        return days;
    }

    private static List<Integer> versions(RawSocket slow) throws IOException {
        List<Integer> seen = new ArrayList<>();
        while (seen.isEmpty() || seen.get(seen.size() - 1) < 18 + VERSIONS) {
            JsonNode frame = MAPPER.readTree(slow.next(TEXT).payload());
            if (frame.has("version")) {
                seen.add(frame.get("version").asInt());
            }
        }
        return seen;
    }
}
