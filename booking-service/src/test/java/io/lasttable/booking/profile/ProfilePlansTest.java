package io.lasttable.booking.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The plans that PostgreSQL makes for any values, where many profiles are: a guest is looked up, not looked for. */
@QuarkusTest
class ProfilePlansTest {

    private static final String PROFILES = """
            insert into guest_profile (venue_id, id, tags, version, updated_at)
            select 'v' || n % 100, gen_random_uuid(), '{}', 1, now() - make_interval(hours => n) from generate_series(1, 30000) n
            """;

    private static final String CONTACTS = """
            insert into guest_profile_contact (venue_id, profile_id, kind, value)
            select venue_id, id, 'email', id || '@example.org' from guest_profile
            """;

    private static final String GUESTS = """
            insert into guest (venue_id, ref, name, email, email_key, phone)
            select 'v' || n % 100, gen_random_uuid(), 'Ada ' || n, 'ada' || n || '@example.org', 'ada' || n || '@example.org',
              '+3312345' || n
            from generate_series(1, 30000) n
            """;

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @Inject
    DataSource database;

    @Test
    void aProfileIsFoundByItsIdAndByItsContacts() throws SQLException {
        try (Connection connection = database.getConnection()) {
            fill(connection);
            assertThat(plan(connection, ProfileTable.FIND, "'" + NOBODY + "'"))
                    .contains("guest_profile_by_id", "guest_profile_contact_of")
                    .doesNotContain("Seq Scan on guest_profile");
            assertThat(plan(connection, ProfileTable.OF_CONTACTS, "'{v1,v2}', '{email}', '{a@example.org}'"))
                    .contains("guest_profile_contact_pkey")
                    .doesNotContain("Seq Scan on guest_profile");
            assertThat(plan(connection, ProfileTable.SOUGHT, "'a@example.org', '{+33123456789}', '{v1}'"))
                    .contains("guest_profile_contact_pkey")
                    .doesNotContain("Seq Scan on guest_profile");
            connection.rollback();
        }
    }

    @Test
    void whoIsForgottenIsFoundByTheLastChangeAndTheirGuestsByTheContact() throws SQLException {
        try (Connection connection = database.getConnection()) {
            fill(connection);
            assertThat(plan(connection, ProfileTable.FORGET, "now(), '1970-01-01Z', '" + NOBODY + "'"))
                    .contains("guest_profile_by_age", "guest_by_email_key", "guest_by_phone")
                    .doesNotContain("Seq Scan on guest ", "Seq Scan on guest_profile");
            connection.rollback();
        }
    }

    private static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String rows : new String[] {PROFILES, CONTACTS, GUESTS}) {
                assertThat(statement.executeUpdate(rows)).isEqualTo(30_000);
            }
            for (String table : new String[] {"guest_profile", "guest_profile_contact", "guest"}) {
                boolean result = statement.execute("analyze " + table);
                assertThat(result).isFalse();
            }
        }
    }

    private static String plan(Connection connection, String sql, String values) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean result =
                    statement.execute("set local plan_cache_mode = force_generic_plan; prepare looked_at as " + sql);
            assertThat(result).isFalse();
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain execute looked_at(" + values + ")")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            result = statement.execute("deallocate looked_at");
            assertThat(result).isFalse();
            return plan.toString();
        }
    }
}
