package io.lasttable.availability.rebuild;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.Publisher;
import io.lasttable.embedded.Packaged;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The one-shot of the packaged service, jar or native executable, beside the service itself. */
@QuarkusIntegrationTest
class RebuildIT {

    private static final String DAY = "/v1/venues/rebuilt-outside/days/2099-11-27";

    private final Publisher publisher = Publisher.outside();

    @Test
    void aRowThatIsWrongIsMadeRightWhileTheServiceRuns() throws Exception {
        publisher.venue(aVenue("rebuilt-outside"));
        publisher.day(aDay("rebuilt-outside", "2099-11-27")
                .slot("19:00", Instant.parse("2099-11-27T18:00:00Z"), "{\"2\":1}"));
        await().until(() -> get(DAY).statusCode() == 200);
        execute("UPDATE day SET version = 99, document = replace(document, '\"version\":1', '\"version\":99')"
                + " WHERE venue_id = 'rebuilt-outside'");
        get(DAY).then().header("ETag", "\"99\"");
        assertThat(run("rebuild")).isZero();
        get(DAY).then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void whatIsNoModeIsRefused() throws Exception {
        assertThat(run("rebuilt")).isEqualTo(2);
    }

    private static int run(String mode) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("LASTTABLE_DATABASE_PORT", "LASTTABLE_DATABASE_NAME", "kafka.bootstrap.servers")) {
            settings.put(name, told(name));
        }
        return Packaged.run(mode, settings, mode);
    }

    private static void execute(String sql) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:%s/%s"
                .formatted(told("LASTTABLE_DATABASE_PORT"), told("LASTTABLE_DATABASE_NAME"));
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private static String told(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
