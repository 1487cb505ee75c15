package io.lasttable.booking.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.webhook.Receiver.Answer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a message meets on its way, with names that lead where a test wants. */
class SenderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final Deque<List<InetAddress>> answersOfNames = new ArrayDeque<>();
    private final Receiver receiver;
    private final Sender sender;
    private final WebhookSecret secret = WebhookSecret.made(UUID.randomUUID(), Instant.now());

    SenderTest() throws Exception {
        receiver = new Receiver();
        sender = new Sender(
                vertx,
                new Receivers(true, new Reachable(List.of("127.0.0.1/32"))),
                host -> Uni.createFrom().item(answersOfNames::pop),
                TIMEOUT);
    }

    @AfterEach
    void close() {
        receiver.close();
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void name(String... addresses) throws Exception {
        answersOfNames.add(Arrays.stream(addresses).map(SenderTest::address).toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Attempted send() {
        Event event = new Event(UUID.randomUUID(), "t", "s", "v", 1, Instant.now(), "{\"a\":\"\u00e9\"}");
        URI url = URI.create("http://receiver.test:" + receiver.port() + "/hooks");
        return sender.send(Message.of(url, event, Optional.empty(), List.of(secret.secret)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void theConnectionGoesToTheAddressThatWasCheckedUnderTheNameThatWasAsked() throws Exception {
        name("127.0.0.1");
        Attempted attempted = send();
        assertThat(attempted.isDelivered()).as("%s", attempted).isTrue();
        assertThat(receiver.got()).hasSize(1);
        assertThat(receiver.got().get(0).headers().get("Host")).containsExactly("receiver.test:" + receiver.port());
        assertThat(receiver.got().get(0).isSignedWith(secret.secret)).isTrue();
    }

    @Test
    void aNameThatLeadsElsewhereTheNextTimeIsLookedUpOnceForEachMessageAndRefusedThen() throws Exception {
        name("127.0.0.1");
        name("169.254.169.254");
        name("127.0.0.1", "10.0.0.1");
        assertThat(send().isDelivered()).isTrue();
        assertThat(send().error().orElseThrow()).contains("169.254.169.254");
        assertThat(send().error().orElseThrow()).contains("10.0.0.1");
        assertThat(answersOfNames).isEmpty();
        assertThat(receiver.got()).hasSize(1);
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (Receiver other = new Receiver()) {
            receiver.answers(message -> new Answer(307, "", 0, Map.of("Location", other.url())));
            name("127.0.0.1");
            Attempted attempted = send();
            assertThat(attempted.status()).hasValue(307);
            assertThat(attempted.isDelivered()).isFalse();
            assertThat(attempted.error()).contains("redirects are not followed");
            assertThat(other.got()).isEmpty();
        }
    }

    @Test
    void whoDoesNotAnswerInTimeHasNotTakenIt() throws Exception {
        receiver.answers(message -> Answer.OK.after(10_000));
        name("127.0.0.1");
        Attempted attempted = send();
        assertThat(attempted.status()).isEmpty();
        assertThat(attempted.error()).isPresent();
        assertThat(attempted.took()).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void ofAnAnswerThatGoesOnAndOnOnlyTheBeginningIsKept() throws Exception {
        receiver.answers(message -> new Answer(200, "x".repeat(10_000_000), 0, Map.of()));
        name("127.0.0.1");
        Attempted attempted = send();
        assertThat(attempted.isDelivered()).isTrue();
        assertThat(attempted.text().orElseThrow()).hasSize(1_024);
    }

    @Test
    void whoeverIsAwayIsSaidToBe() throws Exception {
        receiver.close();
        name("127.0.0.1");
        assertThat(send().error()).isPresent();
        answersOfNames.add(List.of());
        assertThat(send().error().orElseThrow()).contains("receiver.test has no address");
    }
}
