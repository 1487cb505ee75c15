package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How PostgreSQL goes about the relay's statements, planned for any values and for these: on a busy evening, when nearly all rows are
 * removed and not yet vacuumed, and after it, when there are none.
 */
@QuarkusTest
class OutboxPlansTest {

    /** One that nobody relays. */
    private static final int SHARD = 7;

    private static final String EVENING = """
            insert into outbox (venue_id, shard, event_id, topic, key, type, subject, time, payload)
            select 'busy-' || n %% 50, %d, gen_random_uuid(), 'DAYS', 'k', 't', 's', now(), repeat('x', 300)
            from generate_series(1, 20000) n
            """.formatted(SHARD);

    private static final String GONE = "delete from outbox where shard = " + SHARD;

    @Inject
    DataSource database;

    @Test
    void aLookGoesAlongTheIndex() throws SQLException {
        List<String> plans = plans(OutboxRows.OLDEST, "int, bigint, bigint[], int", "(" + SHARD + ", 0, '{1,2}', 500)");
        assertThat(plans)
                .hasSize(4)
                .allSatisfy(plan -> assertThat(plan)
                        .containsPattern("outbox_pkey.*\\s+Index Cond: \\(\\(shard = .*AND \\(id > ")
                        .doesNotContain("Seq Scan"));
        assertThat(plans.subList(0, 2))
                .as("on a busy evening")
                .allSatisfy(plan -> assertThat(plan).doesNotContain("Bitmap"));
    }

    @Test
    void whatWasPublishedIsFoundByItsIds() throws SQLException {
        assertThat(plans(OutboxRows.REMOVE, "int, bigint[]", "(" + SHARD + ", '{19990,19991,19992}')"))
                .hasSize(4)
                .allSatisfy(plan -> assertThat(plan)
                        .containsPattern("outbox_pkey.*\\s+Index Cond: \\(\\(shard = .*AND \\(id = ANY")
                        .doesNotContain("Seq Scan on outbox"));
    }

    private List<String> plans(String sql, String types, String values) throws SQLException {
        List<String> plans = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            execute(statement, "prepare relayed(" + types + ") as " + numbered(sql));
            try {
                execute(statement, EVENING);
                execute(statement, GONE + " and id % 700 <> 0");
                execute(statement, "analyze outbox");
                execute(statement, EVENING);
                plans.addAll(plans(statement, values));
                execute(statement, GONE);
                execute(statement, "vacuum analyze outbox");
                plans.addAll(plans(statement, values));
            } finally {
                execute(statement, "deallocate relayed");
                execute(statement, "reset plan_cache_mode");
                execute(statement, GONE);
            }
        }
        return plans;
    }

    private static List<String> plans(Statement statement, String values) throws SQLException {
        List<String> plans = new ArrayList<>();
        for (String mode : List.of("force_generic_plan", "force_custom_plan")) {
            execute(statement, "set plan_cache_mode = " + mode);
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain execute relayed" + values)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            plans.add(plan.toString());
        }
        return plans;
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
