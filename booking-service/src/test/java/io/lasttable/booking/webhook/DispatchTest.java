package io.lasttable.booking.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.webhook.Receiver.Answer;
import io.lasttable.booking.webhook.Receiver.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Delivery on a real database to real receivers: in order, at least once, and whatever becomes of who sends and who receives. */
class DispatchTest {

    private static DispatchWorld world;

    private final List<Dispatcher> replicas = new ArrayList<>();
    private final String venue = "v-" + UUID.randomUUID();

    @BeforeAll
    static void begin() {
        world = new DispatchWorld();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @AfterEach
    void stop() {
        replicas.forEach(replica -> replica.stop().await().atMost(Duration.ofSeconds(30)));
        world.clear();
    }

    private Dispatcher replica(Dispatcher.Pace pace) {
        Dispatcher replica = world.replica(pace);
        replicas.add(replica);
        return replica;
    }

    @CanIgnoreReturnValue
    private Dispatcher replica() {
        return replica(DispatchWorld.PACE);
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(holds);
    }

    @Test
    void changesArriveSignedAndOnceWhenAllIsWell() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = world.webhook(receiver.url());
            Dispatcher replica = replica();
            for (int i = 0; i < 200; i++) {
                world.change(venue, "r" + i % 7, replica);
            }
            eventually(() -> assertThat(receiver.got()).hasSizeGreaterThanOrEqualTo(200));
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
            assertThat(receiver.got()).hasSize(200);
            assertThat(receiver.got()).allMatch(got -> got.isSignedWith(DispatchWorld.SECRET));
            for (int lane = 0; lane < 7; lane++) {
                List<String> cursors = receiver.cursorsOf("r" + lane);
                assertThat(cursors.stream().map(Integer::valueOf).toList()).isSorted();
            }
        }
    }

    @Test
    void aReservationWaitsForItsEventThatFailedAndOthersDoNot() throws Exception {
        try (Receiver receiver = new Receiver()) {
            AtomicBoolean broken = new AtomicBoolean(true);
            receiver.answers(got -> got.subject().equals("sick") && broken.get() ? Answer.of(500) : Answer.OK);
            UUID webhook = world.webhook(receiver.url());
            Dispatcher replica = replica();
            for (String subject : List.of("sick", "well", "sick", "well", "sick", "well")) {
                world.change(venue, subject, replica);
            }
            eventually(() -> assertThat(receiver.cursorsOf("well")).containsExactly("2", "4", "6"));
            eventually(() ->
                    assertThat(receiver.cursorsOf("sick")).hasSizeGreaterThan(2).containsOnly("1"));
            broken.set(false);
            eventually(() -> assertThat(receiver.cursorsOf("sick")).endsWith("1", "3", "5"));
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
        }
    }

    @Test
    void aSlowReceiverDelaysNobodyElse() throws Exception {
        try (Receiver slow = new Receiver();
                Receiver quick = new Receiver()) {
            slow.answers(got -> Answer.OK.after(60_000));
            UUID stuck = world.webhook(slow.url());
            UUID well = world.webhook(quick.url());
            Dispatcher replica = replica();
            for (int i = 0; i < 120; i++) {
                world.change(venue, "r" + i, replica);
            }
            eventually(() -> assertThat(world.waiting(well)).isZero());
            eventually(() -> assertThat(quick.got()).hasSize(120));
            assertThat(world.waiting(stuck)).isGreaterThanOrEqualTo(50).isLessThan(120);
            assertThat(slow.got()).hasSizeLessThan(30);
        }
    }

    @Test
    void anotherReplicaGoesOnWhereOneWasKilledWithoutAGapAndWithTheSameIds() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answers(got -> Answer.OK.after(20));
            UUID webhook = world.webhook(receiver.url());
            Dispatcher first = world.replica();
            for (int i = 0; i < 30; i++) {
                world.change(venue, "r" + i % 3, first);
            }
            eventually(() -> assertThat(receiver.got()).hasSizeGreaterThan(5));
            first.kill();
            Dispatcher second = replica();
            for (int i = 30; i < 60; i++) {
                world.change(venue, "r" + i % 3, second);
            }
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
            eventually(() -> assertThat(new TreeSet<>(receiver.got().stream()
                            .map(got -> Integer.valueOf(got.json().getString("cursor")))
                            .toList()))
                    .hasSize(60));
            Map<String, String> idsByCursor = new ConcurrentHashMap<>();
            for (Got got : receiver.got()) {
                String cursor = got.json().getString("cursor");
                assertThat(idsByCursor.merge(cursor, got.id(), (old, same) -> old))
                        .isEqualTo(got.id());
            }
            for (int lane = 0; lane < 3; lane++) {
                assertThat(receiver.cursorsOf("r" + lane).stream()
                                .map(Integer::valueOf)
                                .toList())
                        .isSorted();
            }
        }
    }

    @Test
    void ofTwoReplicasOneDelivers() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = world.webhook(receiver.url());
            Dispatcher one = replica();
            Dispatcher other = replica();
            for (int i = 0; i < 50; i++) {
                world.change(venue, "r" + i % 5, one, other);
            }
            eventually(() -> assertThat(world.sql(
                                    "select 1 from webhook_delivery where webhook_id = $1 and status = 'delivered'",
                                    webhook)
                            .size())
                    .isEqualTo(50));
            assertThat(receiver.got()).hasSize(50);
        }
    }

    @Test
    void aReceiverThatStaysAwayIsPausedAndItsMakerIsTold() throws Exception {
        Dispatcher.Pace hasty = new Dispatcher.Pace(
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(5),
                Duration.ofSeconds(2),
                8,
                50,
                new RetryPlan(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(600), () -> 0.5));
        try (Receiver away = new Receiver();
                Receiver well = new Receiver();
                Receiver stranger = new Receiver()) {
            away.answers(got -> Answer.of(503));
            UUID paused = world.webhook(away.url(), "acme", "io.lasttable.reservation.confirmed");
            UUID told = world.webhook(well.url(), "acme", EventTypes.PAUSED);
            UUID other = world.webhook(stranger.url(), "else", EventTypes.PAUSED);
            world.change(venue, "r", replica(hasty));
            eventually(() -> assertThat(world.status(paused)).isEqualTo("paused"));
            eventually(() -> assertThat(well.got()).hasSize(1));
            Got event = well.got().get(0);
            assertThat(event.type()).isEqualTo(EventTypes.PAUSED);
            assertThat(event.json().getJsonObject("data").getString("webhookId"))
                    .isEqualTo(paused.toString());
            assertThat(event.json().getJsonObject("data").getString("failingSince"))
                    .isNotNull();
            assertThat(away.got()).hasSizeGreaterThan(2);
            assertThat(stranger.got()).isEmpty();
            assertThat(world.waiting(paused)).isEqualTo(1);
            assertThat(world.status(told)).isEqualTo("active");
            assertThat(world.status(other)).isEqualTo("active");
            int before = away.got().size();
            world.change(venue, "r", replicas.get(0));
            eventually(() -> assertThat(world.sql(
                                    "select 1 from webhook_lease where webhook_id = $1 and expires_at > now()", paused)
                            .size())
                    .isZero());
            assertThat(away.got()).hasSize(before);
        }
    }

    @Test
    void ofTheAttemptsAtADeliveryTheNewestAreKept() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answers(got ->
                    Answer.of(receiver.got().size() < 7 ? 500 + receiver.got().size() : 204));
            UUID webhook = world.webhook(receiver.url());
            world.change(venue, "r", replica());
            eventually(() -> assertThat(receiver.got()).hasSize(8));
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
            List<Integer> statuses = new ArrayList<>();
            world.sql("""
                            select answer_status, attempted_at from webhook_delivery where webhook_id = $1 union all
                            select answer_status, attempted_at from webhook_attempt where webhook_id = $1
                            order by attempted_at desc""", webhook).forEach(row -> statuses.add(row.getInteger(0)));
            assertThat(statuses).containsExactly(204, 506, 505, 504);
            world.sql("delete from webhook_delivery where webhook_id = $1", webhook);
            assertThat(world.sql("select from webhook_attempt where webhook_id = $1", webhook)
                            .size())
                    .isZero();
        }
    }

    @Test
    void whatWasNotTakenIsFoundByItsOwnIndexHoweverLongTheLogIs() {
        UUID webhook = world.webhook("http://127.0.0.1:1/");
        world.sql("""
                insert into webhook_delivery (webhook_id, event_id, venue_id, seq, type, subject, time, payload, status, created_at)
                select $1, gen_random_uuid(), 'v', n, 't', 's', now(), '{}',
                  case when n % 5000 = 0 then 'failed' else 'delivered' end, now() - make_interval(secs => n)
                from generate_series(1, 20000) n""", webhook);
        world.sql("analyze webhook_delivery");
        StringBuilder plan = new StringBuilder();
        world.sql("""
                        explain select * from webhook_delivery where webhook_id = $1 and status = 'failed' and created_at <= now()
                        and (created_at < now() or event_id < gen_random_uuid()) order by created_at desc, event_id desc limit 50""", webhook).forEach(row -> plan.append(row.getString(0)).append('\n'));
        assertThat(plan.toString()).contains("webhook_delivery_not_taken").doesNotContain("Sort");
    }

    @Test
    void whatIsTakenAtOnceCostsNoRowOfItsOwn() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = world.webhook(receiver.url());
            world.change(venue, "r", replica());
            eventually(() -> assertThat(receiver.got()).hasSize(1));
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
            assertThat(world.sql("select from webhook_attempt").size()).isZero();
        }
    }

    @Test
    void whoAnswersGoneIsPausedAtOnce() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answers(got -> Answer.of(410));
            UUID webhook = world.webhook(receiver.url());
            world.change(venue, "r", replica());
            eventually(() -> assertThat(world.status(webhook)).isEqualTo("paused"));
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void aGapOfTheFeedIsSaidAndTheRestFollows() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = world.webhook(receiver.url());
            for (int i = 0; i < 5; i++) {
                world.change(venue, "r");
            }
            assertThat(world.sql("delete from change where venue_id = $1 and seq <= 3", venue)
                            .rowCount())
                    .isEqualTo(3);
            replica();
            eventually(() -> assertThat(receiver.cursorsOf("r")).containsExactly("4", "5"));
            eventually(() -> assertThat(receiver.got())
                    .anyMatch(got -> got.type().equals(EventTypes.GAP)
                            && got.json()
                                    .getJsonObject("data")
                                    .getString("next")
                                    .equals("4")));
            eventually(() -> assertThat(world.waiting(webhook)).isZero());
        }
    }

    @Test
    void aDeletedWebhookGetsNothingMore() throws Exception {
        try (Receiver receiver = new Receiver();
                Receiver other = new Receiver()) {
            UUID webhook = world.webhook(receiver.url());
            Dispatcher replica = replica();
            world.change(venue, "r", replica);
            eventually(() -> assertThat(receiver.got()).hasSize(1));
            assertThat(world.sql("delete from webhook where id = $1", webhook).rowCount())
                    .isEqualTo(1);
            UUID later = world.webhook(other.url());
            world.change(venue, "r", replica);
            eventually(() -> assertThat(other.cursorsOf("r")).containsExactly("1", "2"));
            assertThat(later).isNotNull();
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void theLagIsThatOfWhatCouldHaveBeenSent() {
        UUID webhook = world.webhook("http://127.0.0.1:1/");
        assertThat(webhook).isNotNull();
        world.change(venue, "r");
        DeliveryTable table = new DeliveryTable(world.database);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> table.measure()
                                .await()
                                .atMost(Duration.ofSeconds(10))
                                .lag()
                                .compareTo(Duration.ofMillis(50))
                        > 0);
    }
}
