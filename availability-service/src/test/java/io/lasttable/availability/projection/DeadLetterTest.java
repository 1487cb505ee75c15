package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLetterTest {

    @Inject
    Publisher publisher;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Test
    void aPoisonRecordIsPutAsideWithItsReasonAndTheRestGoesOn() {
        String venue = "v-" + UUID.randomUUID();
        String key = venue + "/2099-11-27";
        publisher.send("lasttable.days.v1", key, "{\"venueId\":");
        publisher.send(
                "lasttable.days.v1", key, aDay("somebody-else", "2099-11-27").json());
        publisher.venue(aVenue(venue));
        publisher.day(aDay(venue, "2099-11-27").version(2));
        await().until(() -> get("/v1/venues/" + venue + "/days/2099-11-27").statusCode() == 200);
        assertThat(reasonsFor(key))
                .hasSize(2)
                .anySatisfy(reason -> assertThat(reason).contains("not JSON"))
                .anySatisfy(reason -> assertThat(reason).contains("somebody-else"));
    }

    private List<String> reasonsFor(String key) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition letters = new TopicPartition("lasttable.availability.dead-letters.v1", 0);
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            return consumer.poll(Duration.ofSeconds(10)).records(letters).stream()
                    .filter(letter -> letter.key().equals(key))
                    .map(DeadLetterTest::reason)
                    .toList();
        }
    }

    private static String reason(ConsumerRecord<String, String> letter) {
        byte[] value = letter.headers().lastHeader("dead-letter-reason").value();
        return new String(value, StandardCharsets.UTF_8);
    }
}
