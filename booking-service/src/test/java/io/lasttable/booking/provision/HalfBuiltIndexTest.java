package io.lasttable.booking.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An index whose migration was cut off is left behind invalid, and taken for built by the next try. */
class HalfBuiltIndexTest {

    private static final String INVALID =
            "select indexrelid::regclass::text from pg_index where not indisvalid order by 1";
    private static final String ALL =
            "select indexname || ' ' || indexdef from pg_indexes where schemaname = 'public' order by 1";

    private static EmbeddedDatabase server;

    @BeforeAll
    static void start() {
        server = EmbeddedDatabase.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isBuiltByALaterMigration() throws SQLException {
        server.createDatabase("whole");
        server.createDatabase("cut_off");
        migrate("whole", "latest");
        migrate("cut_off", "140");
        try (Connection connection = connection("cut_off");
                Statement statement = connection.createStatement()) {
            int marked = statement.executeUpdate(
                    "update pg_index set indisvalid = false where indexrelid in ("
                            + "'reservation_by_guest'::regclass, 'day_open_of_venue'::regclass, 'waitlist_by_external_id'::regclass)");
            assertThat(marked).isEqualTo(3);
        }
        assertThat(texts("cut_off", INVALID)).hasSize(3);

        migrate("cut_off", "latest");

        assertThat(texts("cut_off", INVALID)).isEmpty();
        assertThat(texts("cut_off", ALL)).isEqualTo(texts("whole", ALL));
    }

    @Test
    void aMigrationThatWasRefusedALockIsDoneByTheNextRun() throws SQLException {
        server.createDatabase("refused");
        migrate("refused", "140");
        try (Connection reader = connection("refused");
                Statement reading = reader.createStatement()) {
            int marked = reading.executeUpdate(
                    "update pg_index set indisvalid = false where indexrelid = 'reservation_by_guest'::regclass");
            assertThat(marked).isEqualTo(1);
            reader.setAutoCommit(false);
            boolean rows = reading.execute("lock table reservation in access share mode");
            assertThat(rows).isFalse();
            assertThatThrownBy(() -> migrate("refused", "latest")).isInstanceOf(FlywayException.class);
        }

        migrate("refused", "latest");

        assertThat(texts("refused", INVALID)).isEmpty();
        assertThat(texts("refused", ALL))
                .contains("reservation_by_guest CREATE INDEX reservation_by_guest ON public.reservation"
                        + " USING btree (venue_id, guest_ref) WHERE (guest_ref IS NOT NULL)");
    }

    private static void migrate(String database, String target) {
        var migrated = Provision.migrated(Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(url(database), "postgres", "postgres")
                .target(target)
                .load());
        assertThat(migrated.success).isTrue();
    }

    private static List<String> texts(String database, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static Connection connection(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "postgres");
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }
}
