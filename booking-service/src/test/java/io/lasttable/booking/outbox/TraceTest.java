package io.lasttable.booking.outbox;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class TraceTest {

    private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void everyRecordCarriesTheTraceOfWhatCausedIt() {
        publish("traced", "T1", "T2");
        String traced = json().header("traceparent", SENT)
                .body(bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}"))
                .post("/v1/venues/traced/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String untraced =
                book("traced", "19:00").then().statusCode(201).extract().path("id");
        Map<String, String> traces = tracesUntil("confirmed " + untraced);
        assertThat(traces.get("confirmed " + traced)).isEqualTo(SENT);
        assertThat(traces.get("confirmed " + untraced))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .isNotEqualTo(SENT);
    }

    @Test
    void whatOneRequestLeadsToSharesItsTrace() {
        publish("traced-line", "T1");
        String table = booked("traced-line", "19:00");
        String entry = post(
                        "/v1/venues/traced-line/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        Map<String, String> traces = tracesUntil("offered " + entry);
        assertThat(traces.get("offered " + entry))
                .isEqualTo(traces.get("cancelled " + table))
                .isNotEqualTo(traces.get("joined " + entry))
                .isNotEqualTo(traces.get("confirmed " + table));
    }

    /** The traceparent of each record, by the last word of its type and its subject. */
    private Map<String, String> tracesUntil(String last) {
        Map<String, String> traces = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "trace-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("lasttable.reservations.v1"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    String type = header(record, "ce_type");
                    traces.put(
                            type.substring(type.lastIndexOf('.') + 1) + " " + header(record, "ce_subject"),
                            header(record, "traceparent"));
                });
                return traces.containsKey(last);
            });
        }
        return traces;
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
