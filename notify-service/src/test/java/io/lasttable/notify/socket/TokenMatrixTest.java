package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lasttable.notify.world.LiveClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every frame that a client may send, with every kind of bearer token that it may have connected with. A new frame is in it by
 * being in the AsyncAPI document, as it must be, and fails it until somebody has said what it needs.
 */
@QuarkusTest
class TokenMatrixTest {

    /** The frames that need a bearer token, as examples; all others are for everybody. To add one to those is a decision. */
    private static final Map<String, String> FOR_STAFF =
            Map.of("watchVenue", "{'op':'watchVenue','ref':'m','venueId':'" + Tokens.VENUE + "'}");

    private static final Map<String, String> FOR_ALL = Map.of(
            "watch", "{'op':'watch','ref':'m','venueId':'known-1','date':'2026-11-28'}",
            "unwatch", "{'op':'unwatch','ref':'m'}",
            "watchReservation", "{'op':'watchReservation','ref':'m','token':'%s'}");

    /** Answered in its turn, with an error of its own, whatever the connection may do. */
    private static final String FENCE = "{'op':'watchVenue','ref':'%s','venueId':'No Venue'}";

    private static final AtomicInteger FENCES = new AtomicInteger();

    /** That something is not known is none. */
    private static final Set<String> REFUSALS = Set.of("unauthorized", "forbidden", "token-invalid", "token-expired");

    @TestHTTPResource("/v1/live")
    URI live;

    @ConfigProperty(name = "lasttable.booking-url")
    String issuer;

    @ConfigProperty(name = "test.issuer-key")
    String issuerKey;

    @ConfigProperty(name = "lasttable.watch-token-key")
    String watchTokenKey;

    private final List<String> wrong = new ArrayList<>();
    private Tokens tokens;
    private Map<String, String> frames;

    @BeforeEach
    void read() {
        tokens = new Tokens(issuer, issuerKey, watchTokenKey);
        frames = new TreeMap<>(FOR_STAFF);
        FOR_ALL.forEach((op, frame) ->
                frames.put(op, frame.replace("%s", tokens.watchTokens().get("good"))));
    }

    @Test
    void everyFrameOfTheDocumentIsHere() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("contract", "asyncapi.yaml").toFile());
        Set<String> described = new TreeSet<>();
        document.at("/operations/receiveFromClient/messages")
                .forEach(message -> described.add(message.get("$ref").asText().replaceFirst(".*/", "")));
        assertThat(frames.keySet()).isEqualTo(described);
    }

    @Test
    void whatProvesNothingIsAnsweredNothing() throws Exception {
        for (var token : tokens.worthless().entrySet()) {
            for (var frame : frames.entrySet()) {
                try (LiveClient client = new LiveClient(live, "bearer." + token.getValue())) {
                    client.trySend(frame.getValue());
                    expect(frame.getKey(), token.getKey(), client.closeCode() == 4401, "close " + client.closeCode());
                    expect(frame.getKey(), token.getKey(), client.frames().isEmpty(), "" + client.frames());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsForStaffOpensForTheirTokensOnly() throws Exception {
        for (String frame : FOR_STAFF.keySet()) {
            try (LiveClient nobody = new LiveClient(live)) {
                expect(frame, "no token", answers(nobody, frame), List.of("unauthorized"));
            }
            for (var token : tokens.powerless().entrySet()) {
                try (LiveClient client = new LiveClient(live, "bearer." + token.getValue())) {
                    expect(frame, token.getKey(), answers(client, frame), List.of("forbidden"));
                }
            }
            for (var token : tokens.good().entrySet()) {
                try (LiveClient client = new LiveClient(live, "bearer." + token.getValue())) {
                    expect(frame, token.getKey(), answers(client, frame), List.of());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsForEverybodyOpensWhateverTheTokenAllows() throws Exception {
        for (String frame : FOR_ALL.keySet()) {
            for (var token : tokens.powerless().entrySet()) {
                try (LiveClient client = new LiveClient(live, "bearer." + token.getValue())) {
                    expect(frame, token.getKey(), answers(client, frame), List.of());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aReservationIsShownForItsWatchTokenOnlyWhateverTheBearerToken() throws Exception {
        Map<String, String> bearers = new TreeMap<>(tokens.good());
        bearers.put("none", null);
        for (var bearer : bearers.entrySet()) {
            String[] protocols =
                    bearer.getValue() == null ? new String[0] : new String[] {"bearer." + bearer.getValue()};
            try (LiveClient client = new LiveClient(live, protocols)) {
                for (var token : tokens.watchTokens().entrySet()) {
                    List<String> expected =
                            switch (token.getKey()) {
                                case "good" -> List.of();
                                case "expired" -> List.of("token-expired");
                                default -> List.of("token-invalid");
                            };
                    String ref = token.getKey();
                    client.send(FOR_ALL.get("watchReservation")
                            .replace("%s", token.getValue())
                            .replace("'m'", "'" + ref + "'"));
                    expect("watchReservation", ref, codes(client, ref), expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The refusals that a frame is answered with. */
    private List<String> answers(LiveClient client, String frame) throws Exception {
        client.send(frames.get(frame));
        return codes(client, "m");
    }

    private static List<String> codes(LiveClient client, String ref) throws Exception {
        String fence = "fence " + FENCES.incrementAndGet();
        client.send(FENCE.replace("%s", fence));
        assertThat(client.frame(fence, frame -> frame.path("ref").asText().equals(fence))
                        .isObject())
                .isTrue();
        return client.frames().stream()
                .filter(frame -> frame.path("op").asText().equals("error"))
                .filter(frame -> frame.path("ref").asText().equals(ref))
                .map(frame -> frame.get("code").asText())
                .filter(REFUSALS::contains)
                .toList();
    }

    private void expect(String frame, String token, List<String> codes, List<String> expected) {
        expect(frame, token, codes.equals(expected), codes + " and not " + expected);
    }

    private void expect(String frame, String token, boolean fits, String found) {
        if (!fits) {
            wrong.add(frame + " with " + token + ": " + found);
        }
    }
}
