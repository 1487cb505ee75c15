package io.lasttable.booking.provision;

import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.AsStaff;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RepublishTest.ServersOfItsOwn.class)
@AsStaff
class RepublishTest {

    /** A broker whose topics {@code provision} makes, and which nobody else needs when they are deleted. */
    public static final class ServersOfItsOwn implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresTestResource.class), new TestResourceEntry(KafkaTestResource.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final String VENUES = "lasttable.venues.v1";
    private static final String DAYS = "lasttable.days.v1";
    private static final String RESERVATIONS = "lasttable.reservations.v1";
    private static final String WATERMARKS = "lasttable.watermarks.v1";
    private static final List<String> TOPICS = List.of(VENUES, DAYS, RESERVATIONS, WATERMARKS);
    private static final List<String> HOURS = List.of("18:30", "19:00", "19:30", "20:00", "20:30", "21:00", "21:30");

    @Inject
    Provision provision;

    @Inject
    Republish republish;

    @Inject
    Pool database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final AtomicInteger booked = new AtomicInteger();

    @BeforeEach
    void provide() {
        soon().ignoreExceptions().until(() -> {
            provision.run();
            return true;
        });
    }

    @Test
    void topicsThatAreDeletedUnderLoadBecomeCompleteAndInOrderAgain() throws Exception {
        List<String> venues = List.of("lost-a", "lost-b", "lost-c");
        venues.forEach(venue -> publish(venue, "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"));
        AtomicBoolean over = new AtomicBoolean();
        Thread guests = new Thread(() -> bookAndCancel(venues, over), "guests");
        guests.start();
        soon().until(() -> booked.get() > 20);
        try (Admin admin = Admin.create(kafka())) {
            admin.deleteTopics(TOPICS).all().get();
        }
        soon().until(() -> booked.get() > 40);
        provide();
        republish.all();
        int after = booked.get();
        soon().until(() -> booked.get() > after + 10);
        over.set(true);
        guests.join();
        soon().until(() -> count("select count(*) from outbox") == 0);

        assertThat(last(VENUES).keySet()).containsAll(venues);
        assertThat(last(DAYS)).containsAllEntriesOf(versions("select venue_id || '/' || date, version from day"));
        assertThat(lastChanges())
                .containsAllEntriesOf(versions("select id::text, version from reservation where status = 'confirmed'"));
        assertThat(count("select count(*) from change"))
                .as("the changes feed has each change once")
                .isEqualTo(count("select count(distinct (subject, payload::jsonb ->> 'version')) from change"));
        soon().until(this::eachShardNamesPositionsThatCanBeReached);
    }

    @Test
    void oneThatWasStoppedGoesOnBehindTheLastVenueThatItHasFinished() {
        publish("again-a", "T1");
        publish("again-b", "T1");
        soon().until(() -> count("select count(*) from outbox") == 0);
        int first = records(VENUES, "again-a");
        int second = records(VENUES, "again-b");
        database.query("insert into republication (through) values ('again-a')").executeAndAwait();
        republish.all();
        assertThat(records(VENUES, "again-a")).isEqualTo(first);
        assertThat(records(VENUES, "again-b")).isEqualTo(second + 1);
        assertThat(count("select count(*) from republication")).isZero();
    }

    @Test
    void whatKafkaHadRefusedOfAVenueIsSuperseded() {
        publish("refused", "T1");
        database.query("insert into outbox_refused (venue_id, event_id, topic, key, type, subject, time, reason)"
                        + " values ('refused', gen_random_uuid(), 'VENUES', 'refused', 't', 's', now(), 'too large')")
                .executeAndAwait();
        republish.one(new VenueId("refused"));
        assertThat(count("select count(*) from outbox_refused")).isZero();
        assertThat(records(VENUES, "refused")).isEqualTo(2);
    }

    /** Few keep their tables, so that the house is not full before the test is over. */
    private void bookAndCancel(List<String> venues, AtomicBoolean over) {
        for (int n = 0; !over.get(); n++) {
            Response answer = book(venues.get(n % venues.size()), HOURS.get(n % HOURS.size()));
            if (answer.statusCode() == 201 && booked.incrementAndGet() % 32 != 0) {
                json().post("/v1/reservations/" + answer.path("id") + "/cancel")
                        .then()
                        .statusCode(200);
            }
        }
    }

    private boolean eachShardNamesPositionsThatCanBeReached() {
        Map<String, JsonObject> newest = new HashMap<>();
        read(WATERMARKS).forEach(record -> newest.put(record.key(), new JsonObject(record.value())));
        Map<TopicPartition, Long> ends = ends(List.of(VENUES, DAYS, RESERVATIONS));
        return newest.size() == 4
                && newest.values().stream()
                        .allMatch(watermark -> ends.entrySet().stream()
                                .allMatch(end -> watermark
                                                .getJsonObject("positions")
                                                .getJsonObject(end.getKey().topic())
                                                .getLong(Integer.toString(
                                                        end.getKey().partition()))
                                        <= end.getValue()));
    }

    private Map<String, Long> versions(String sql) {
        Map<String, Long> versions = new HashMap<>();
        for (Row row : database.query(sql).executeAndAwait()) {
            versions.put(row.getString(0), row.getLong(1));
        }
        return versions;
    }

    private long count(String sql) {
        return database.query(sql).executeAndAwait().iterator().next().getLong(0);
    }

    private int records(String topic, String key) {
        return (int)
                read(topic).stream().filter(record -> record.key().equals(key)).count();
    }

    /** The version that stands last, by key. */
    private Map<String, Long> last(String topic) {
        Map<String, Long> last = new HashMap<>();
        read(topic).forEach(record -> last.put(record.key(), new JsonObject(record.value()).getLong("version", 0L)));
        return last;
    }

    private Map<String, Long> lastChanges() {
        Map<String, Long> last = new HashMap<>();
        read(RESERVATIONS)
                .forEach(record -> last.put(
                        new JsonObject(record.value()).getString("id"),
                        new JsonObject(record.value()).getLong("version")));
        return last;
    }

    private List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = ends(List.of(topic));
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private Map<TopicPartition, Long> ends(List<String> topics) {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            return consumer.endOffsets(topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
        }
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
