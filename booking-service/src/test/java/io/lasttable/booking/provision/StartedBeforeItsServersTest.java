package io.lasttable.booking.provision;

import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.Management.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.booking.AsStaff;
import io.lasttable.booking.outbox.OutboxSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Neither PostgreSQL nor Kafka is there when it starts. They come, one after the other, and nobody restarts this service. */
@QuarkusTest
@TestProfile(StartedBeforeItsServersTest.NoServers.class)
@AsStaff
class StartedBeforeItsServersTest {

    public static final class NoServers implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(LateServers.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String VENUE = "early";

    LateServers servers;

    @Inject
    Flyway flyway;

    @Inject
    Provision provision;

    @Inject
    OutboxSettings settings;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Test
    void itSaysSoAndServesOnceTheyAreThere() {
        book(VENUE, "19:00")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/overloaded"));
        given().get("/v1/venues").then().statusCode(503);
        for (String health : List.of("started", "live", "ready")) {
            management("/q/health/" + health).then().statusCode(200);
        }

        servers.startDatabase();
        assertThat(flyway.migrate().success).isTrue();
        await().atMost(PATIENCE).until(() -> given().get("/v1/venues").statusCode() == 200);
        publish(VENUE, "T1");
        String reservation = booked(VENUE, "19:00");
        given().get("/v1/reservations/" + reservation).then().body("status", equalTo("confirmed"));

        String address = (String) kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        assertThatThrownBy(() -> provision(address).run())
                .hasMessageContaining("Kafka at " + address + " does not answer");
        assertThatThrownBy(() -> provision("nobody.invalid:9092").run())
                .hasMessageContaining("Kafka at nobody.invalid:9092 cannot be asked: No resolvable bootstrap urls");

        servers.startKafka();
        provision.run();
        await().atMost(PATIENCE)
                .until(
                        () -> given().get("/v1/venues/" + VENUE + "/changes?after=0")
                                .path("items[0].subject"),
                        reservation::equals);
        management("/q/health/live").then().statusCode(200);
    }

    /** One without patience. */
    private Provision provision(String address) {
        Map<String, Object> asked = new HashMap<>(kafka);
        asked.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        asked.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000);
        asked.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1_000);
        return new Provision(flyway, settings, asked);
    }
}
