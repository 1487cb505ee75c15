package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.rebuild.Rebuild;
import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay's transaction hangs between its records and Kafka's commit: what it has written is read all the same. */
@QuarkusTest
class OpenTransactionTest {

    private static final String DAYS = "lasttable.days.v1";

    @Inject
    Publisher publisher;

    @Inject
    Rebuild rebuild;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    private final DayEvent day = aDay("v-" + UUID.randomUUID(), "2099-11-27");
    private KafkaProducer<String, String> relay;

    @BeforeEach
    void begin() {
        Map<String, Object> own = new HashMap<>(kafka);
        own.put("transactional.id", "relay-" + UUID.randomUUID());
        relay = new KafkaProducer<>(own, new StringSerializer(), new StringSerializer());
        relay.initTransactions();
        relay.beginTransaction();
    }

    @AfterEach
    void abort() {
        relay.abortTransaction();
        relay.close();
    }

    @Test
    void aDayIsProjectedBeforeItsTransactionEnds() {
        publisher.venue(aVenue(day.venueId()));
        publisher.day(day);
        sendWithoutCommit(day.version(2));

        await().until(this::version, Integer.valueOf(2)::equals);
    }

    @Test
    void aRebuildHoldsWhatReplicasHaveProjectedBeforeItsTransactionEnded() {
        publisher.venue(aVenue(day.venueId()));
        publisher.day(day);
        sendWithoutCommit(day.version(2));
        await().until(this::version, Integer.valueOf(2)::equals);

        rebuild.run();

        assertThat(version()).isEqualTo(2);
    }

    private void sendWithoutCommit(DayEvent event) {
        var sent = relay.send(new ProducerRecord<>(DAYS, event.key(), event.json()));
        relay.flush();
        assertThat(sent).isDone();
    }

    private Integer version() {
        var answer = get("/v1/venues/" + day.venueId() + "/days/" + day.date());
        return answer.statusCode() == 200 ? answer.<Integer>path("version") : null;
    }
}
