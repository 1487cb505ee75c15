package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How PostgreSQL goes about the relay's statements on a busy evening: nearly all rows are removed, and not yet vacuumed. */
@QuarkusTest
class OutboxPlansTest {

    private static final int SHARD = 7;

    private static final String EVENING = """
            insert into outbox (venue_id, shard, event_id, topic, key, type, subject, time, payload)
            select 'busy-' || n %% 50, %d, gen_random_uuid(), 'DAYS', 'k', 't', 's', now(), repeat('x', 300)
            from generate_series(1, 20000) n
            """.formatted(SHARD);

    @Inject
    DataSource database;

    @Test
    void aLookGoesAlongTheIndexWhateverItIsPlannedFor() throws SQLException {
        String look = "(" + SHARD + ", 0, '{1,2}', 500)";
        assertThat(plan(OutboxRows.OLDEST, "int, bigint, bigint[], bigint", look))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using outbox_pkey on outbox")
                        .doesNotContain("Bitmap", "Seq Scan"));
    }

    @Test
    void whatWasPublishedIsFoundByItsIds() throws SQLException {
        assertThat(plan(OutboxRows.REMOVE, "int, bigint[]", "(" + SHARD + ", '{19990,19991,19992}')"))
                .allSatisfy(plan ->
                        assertThat(plan).contains("outbox_pkey", "(id = ANY").doesNotContain("Seq Scan on outbox"));
    }

    /** For any values, and for these. */
    private List<String> plan(String sql, String types, String values) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                execute(statement, EVENING);
                execute(statement, "delete from outbox where shard = " + SHARD + " and id % 700 <> 0");
                execute(statement, "analyze outbox");
                execute(statement, EVENING);
                execute(statement, "prepare relayed(" + types + ") as " + numbered(sql));
                List<String> plans = List.of(
                        plan(statement, "force_generic_plan", values), plan(statement, "force_custom_plan", values));
                execute(statement, "deallocate relayed");
                return plans;
            } finally {
                connection.rollback();
            }
        }
    }

    private static String plan(Statement statement, String mode, String values) throws SQLException {
        execute(statement, "set local plan_cache_mode = " + mode);
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = statement.executeQuery("explain execute relayed" + values)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        boolean rows = statement.execute(sql);
        assertThat(rows).isFalse();
    }

    /** As the driver sends it. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int parameter = 0;
        for (char each : sql.toCharArray()) {
            numbered.append(each == '?' ? "$" + ++parameter : String.valueOf(each));
        }
        return numbered.toString();
    }
}
