package io.lasttable.booking.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The plans that PostgreSQL makes for any values, of a venue with a long past: what an index has in order is not sorted or skipped. */
@QuarkusTest
class PlansTest {

    private static final String PAST = """
            insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status, guest_ref,
              version, day_version)
            select 'long-past', gen_random_uuid(), date '2020-01-01' + n / 20, time '19:00',
              timestamptz '2020-01-01 19:00Z' + make_interval(days => n / 20), timestamptz '2020-01-01 21:00Z'
              + make_interval(days => n / 20), 2, '{T1}', (array['finished', 'cancelled', 'no-show', 'finished'])[1 + n % 4],
              gen_random_uuid(), 2, 2
            from generate_series(1, 30000) n
            """;

    private static final String GUESTS = """
            insert into guest (venue_id, ref, name, email, email_key, phone)
            select 'long-past', gen_random_uuid(), 'Ada ' || n, 'ada' || n || '@example.org', 'ada' || n || '@example.org',
              '+3312345' || n
            from generate_series(1, 30000) n
            """;

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final String CLOSED = """
            insert into day (venue_id, date, version, closed)
            select 'long-past', date '1900-01-01' + n, 2, true from generate_series(1, 30000) n
            """;

    private static final String THEIR_GUESTS =
            "insert into guest (venue_id, ref, name) select 'long-past', guest_ref, 'Ada' from reservation"
                    + " where venue_id = 'long-past'";

    private static final String WAITED = """
            insert into waitlist (venue_id, id, date, from_time, to_time, party_size, status, guest_ref, version, closes_at)
            select venue_id, gen_random_uuid(), date, time, time, 2, 'withdrawn', guest_ref, 2, ends_at from reservation
            where venue_id = 'long-past'
            """;

    @Inject
    DataSource database;

    @Test
    void everyPageIsReadInTheOrderOfAnIndex() throws SQLException {
        looking(connection -> {
            String place = "'long-past', '2021-01-01', '2021-01-01Z', '" + NOBODY + "', 50, '2999-12-31'";
            assertThat(plan(connection, ReservationSearches.DATES, place))
                    .contains("Index Scan using reservation_pages on")
                    .doesNotContain("Seq Scan");
            assertThat(plan(connection, ReservationSearches.STATUSES, place + ", '{seated,finished}'"))
                    .contains("reservation_pages_of_status")
                    .doesNotContain("Seq Scan on reservation");
            assertThat(plan(connection, ReservationSearches.TEXT, place + ", '{}', '%ada%', ''"))
                    .contains("Index Scan using reservation_pages on")
                    .contains("guest_pkey")
                    .doesNotContain("Seq Scan");
            assertThat(plan(
                            connection,
                            ReservationSearches.CHANGES,
                            "'long-past', '2021-01-01Z', '" + NOBODY + "', 50"))
                    .contains("Index Scan using reservation_by_update")
                    .doesNotContain("Seq Scan");
        });
    }

    @Test
    void whoIsLookedForIsFoundWithoutTheVenuesPast() throws SQLException {
        looking(connection -> {
            String place = "'long-past', '2021-01-01', '2021-01-01Z', '" + NOBODY + "', 50, '2999-12-31'";
            assertThat(plan(connection, ReservationSearches.GUESTS, place + ", '{}', '{" + NOBODY + "}'"))
                    .contains("reservation_by_guest")
                    .doesNotContain("Seq Scan", "reservation_pages");
            for (String visits : new String[] {GuestVisits.COUNTS, GuestVisits.LAST}) {
                assertThat(plan(connection, visits, "'{long-past}', '{" + NOBODY + "}'"))
                        .contains("reservation_by_guest")
                        .doesNotContain("Seq Scan", "reservation_pages");
            }
            assertThat(plan(connection, ReservationSearches.EXTERNAL_ID, "'long-past', 'X-1'"))
                    .contains("Index Scan using reservation_by_external_id")
                    .doesNotContain("Seq Scan");
            for (String matching : new String[] {GuestTable.MATCHING, GuestTable.MATCHING_LATEST}) {
                assertThat(plan(connection, matching, "'ada@example.org', '{ada@example.org}', '{}', '{long-past}'"))
                        .contains("guest_by_email_key", "guest_by_email", "guest_by_phone")
                        .doesNotContain("Seq Scan on guest", "Seq Scan on reservation", "reservation_pages");
            }
        });
    }

    /** At this size reading all of a table may be as cheap, depending on what else is in it. */
    private static void withoutScans(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute("set local enable_seqscan = off");
            assertThat(rows).isFalse();
        }
    }

    private interface Look {
        void at(Connection connection) throws SQLException;
    }

    private void looking(Look look) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fill(connection, PAST, "reservation");
            fill(connection, GUESTS, "guest");
            withoutScans(connection);
            try {
                look.at(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void whatAVenueHasOpenIsReadWithoutItsPast() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fill(connection, CLOSED, "day");
            assertThat(plan(connection, DayTable.OPEN, ""))
                    .contains("day_open_of_venue")
                    .doesNotContain("Seq Scan on day");
            assertThat(plan(connection, DayTable.DUE, "")).contains("day_by_cutoff");
            connection.rollback();
        }
    }

    @Test
    void whoIsForgottenIsFoundByTheirDate() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fill(connection, PAST, "reservation");
            fill(connection, THEIR_GUESTS, "guest");
            fill(connection, WAITED, "waitlist");
            String day = "'long-past', '2021-01-01'";
            assertThat(plan(connection, PastGuests.FORGET, day))
                    .contains(
                            "guest_pkey",
                            "reservation_pages",
                            "waitlist_pages",
                            "reservation_by_guest",
                            "waitlist_by_guest")
                    .doesNotContain("Seq Scan");
            assertThat(plan(connection, PastGuests.FORGET_NOTES, day)).contains("reservation_pages");
            assertThat(plan(connection, PastDays.DELETE, day))
                    .contains(
                            "reservation_pages",
                            "waitlist_pages",
                            "reservation_by_guest",
                            "waitlist_by_guest",
                            "guest_pkey",
                            "day_pkey",
                            "day_echo_by_day")
                    .doesNotContain("Seq Scan on reservation", "Seq Scan on guest", "Seq Scan on day");
            connection.rollback();
        }
    }

    @Test
    void aPageOfTheLineIsReadInTheOrderOfAnIndex() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fill(connection, PAST, "reservation");
            fill(connection, WAITED, "waitlist");
            try (Statement statement = connection.createStatement()) {
                int waiting = statement.executeUpdate(
                        "update waitlist set status = 'waiting' where venue_id = 'long-past' and date >= '2022-01-01'");
                assertThat(waiting).isPositive();
                boolean result = statement.execute("analyze waitlist");
                assertThat(result).isFalse();
            }
            String place = "'long-past', '2021-01-01', -1, '2999-12-31'";
            for (String statuses : new String[] {"'{}'", "'{waiting}'"}) {
                assertThat(plan(connection, WaitlistTable.PAGE, place + ", " + statuses + ", 50"))
                        .contains("Index Scan using waitlist_pages on", "guest_pkey")
                        .doesNotContain("Seq Scan", "waitlist_closing");
            }
            connection.rollback();
        }
    }

    @Test
    void theNextDateOfAVenueThatIsDueIsLookedUp() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            fill(connection, CLOSED, "day");
            assertThat(plan(connection, PastGuests.NEXT, "'', '2021-01-01', 200"))
                    .contains("day_pkey")
                    .doesNotContain("Seq Scan on day");
            assertThat(plan(connection, PastDays.NEXT, "'', '2021-01-01', 200"))
                    .contains("day_pkey")
                    .doesNotContain("Seq Scan on day");
            connection.rollback();
        }
    }

    @Test
    void aDayWhoseVersionRisesWritesNoIndex() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            fill(connection, CLOSED, "day");
            int booked = statement.executeUpdate("update day set version = version + 1"
                    + " where venue_id = 'long-past' and extract(day from date) = 15");
            assertThat(booked).isGreaterThan(900);
            try (ResultSet written = statement.executeQuery(
                    "select n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'day'")) {
                assertThat(written.next()).isTrue();
                assertThat(written.getInt(1)).isEqualTo(booked);
            }
            connection.rollback();
        }
    }

    private static void fill(Connection connection, String rows, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int inserted = statement.executeUpdate(rows);
            assertThat(inserted).isEqualTo(30_000);
            boolean result = statement.execute("analyze " + table);
            assertThat(result).isFalse();
        }
    }

    /** For any values, not for these. */
    private static String plan(Connection connection, String sql, String values) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean result =
                    statement.execute("set local plan_cache_mode = force_generic_plan; prepare looked_at as " + sql);
            assertThat(result).isFalse();
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery(
                    "explain execute looked_at" + (values.isEmpty() ? "" : "(" + values + ")"))) {
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
