package io.lasttable.notify.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.Packaged;
import io.lasttable.notify.world.Neighbours;
import io.lasttable.notify.world.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGTERM to the packaged service, jar or native executable, while many watch: what {@link Drain} promises. */
class TerminationIT {

    private static final int WATCHERS = 60;
    private static final int TERMINATED = 128 + 15;
    private static final Pattern BYE = Pattern.compile("\\{\"op\":\"bye\",\"reconnectAfterMs\":(\\d+)}");

    private final KafkaTestResource kafka = new KafkaTestResource();
    private final Neighbours neighbours = new Neighbours();
    private final Map<String, String> addresses = Packaged.addresses();
    private final List<RawSocket> sockets = new ArrayList<>();
    private Process service;

    @BeforeEach
    void start() throws IOException {
        kafka.init(Map.of("topics", "lasttable.days.v1,lasttable.reservations.v1"));
        Map<String, String> settings = new HashMap<>(kafka.start());
        settings.putAll(neighbours.start());
        settings.putAll(addresses);
        settings.put("lasttable.live.ping-interval", "PT10M");
        settings.put("lasttable.drain.notice", "PT2S");
        settings.put("lasttable.drain.grace", "PT2S");
        settings.put("lasttable.drain.at-least-per-second", "1");
        settings.put("lasttable.drain.reconnect-within", "PT9S");
        service = Packaged.start("termination", settings);
        await().atMost(180, TimeUnit.SECONDS).until(() -> readiness() == 200);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
        int code = service.destroyForcibly().waitFor();
        neighbours.stop();
        kafka.stop();
        assertThat(code).isNotNegative();
    }

    private int readiness() throws InterruptedException {
        return Packaged.status(Packaged.readiness(addresses));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + addresses.get("quarkus.http.port") + path);
    }

    @Test
    void aDeployIsNoReconnectStorm() throws Exception {
        for (int i = 0; i < WATCHERS; i++) {
            RawSocket socket = RawSocket.open(uri("/v1/live"));
            sockets.add(socket);
            socket.text("{'op':'watch','ref':'a','venueId':'known-" + i % 3 + "','date':'2026-11-28'}");
            assertThat(socket.nextText("\"day\"")).contains("\"version\":18");
        }

        service.destroy();

        await().until(() -> readiness() == 503);
        try (RawSocket late = new RawSocket(uri("/v1/live"))) {
            assertThat(late.upgrade("GET /v1/live HTTP/1.1", ""))
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("Retry-After: ");
        }
        assertThat(sockets).as("nobody has been sent away before that").noneMatch(TerminationIT::hasFrames);

        await().until(() -> sockets.stream().anyMatch(TerminationIT::hasFrames));
        assertThat(sockets.stream().filter(TerminationIT::hasFrames).count())
                .as("sent away in slices")
                .isLessThan(WATCHERS / 2);

        Set<Integer> pauses = new HashSet<>();
        for (RawSocket socket : sockets) {
            Matcher bye = BYE.matcher(socket.nextText("bye"));
            assertThat(bye.matches()).isTrue();
            int pause = Integer.parseInt(bye.group(1));
            assertThat(pause).isLessThanOrEqualTo(9_000);
            pauses.add(pause);
            RawSocket.Frame close = socket.next(RawSocket.CLOSE);
            assertThat(close.closeCode()).isEqualTo(1012);
            socket.frame(true, RawSocket.CLOSE, close.payload());
            assertThat(socket.next()).as("the end of the connection").isNull();
        }
        assertThat(pauses).as("they come back at different times").hasSizeGreaterThan(WATCHERS / 2);
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(TERMINATED);
    }

    private static boolean hasFrames(RawSocket socket) {
        try {
            return socket.hasMore();
        } catch (IOException e) {
            return true;
        }
    }
}
