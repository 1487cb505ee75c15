package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against PostgreSQL, whose transactions are what it is about; on a clock that only the test moves. */
class LookStartTest {

    private static final int MANY = 100;

    @TempDir
    Path directory;

    private long now;
    private final LookStart start = new LookStart(() -> now, 10);

    @Test
    void aLookBeginsBehindWhatIsGoneAndNeverBehindARowThatIsYetToAppear() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            try (Connection tuesday = world.begin("tuesday", 1)) {
                world.commit("monday", 1);
                assertThat(look(world, MANY)).containsExactly("v/monday=1");
                pass(world, 5);
                assertThat(start.above()).as("while an appender is open").isLessThan(0);
                tuesday.commit();
            }
            world.commit("tuesday", 2);
            assertThat(look(world, MANY)).containsExactly("v/tuesday=1", "v/monday=1", "v/tuesday=2");
            pass(world, 2);
            look(world, MANY);
            assertThat(look(world, MANY)).as("all of them are settled").isEmpty();
            world.commit("monday", 2);
            assertThat(look(world, MANY)).containsExactly("v/monday=2");
        }
    }

    @Test
    void whatALimitHasLeftOutIsNotPassed() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            for (int version = 1; version <= 5; version++) {
                world.commit("monday", version);
            }
            look(world, MANY);
            LookStart fresh = new LookStart(() -> now, 10);
            fresh.read(world.rows().oldest(0, fresh.above(), List.of(), 4, world.server()), false);
            now += 10;
            fresh.running(world.rows().transactions());
            fresh.running(world.rows().transactions());
            fresh.read(world.rows().oldest(0, fresh.above(), List.of(), 4, world.server()), false);
            assertThat(fresh.above()).as("a look that found no end").isLessThan(0);
            fresh.read(world.rows().oldest(0, fresh.above(), List.of(), MANY, world.server()), true);
            assertThat(world.rows().oldest(0, fresh.above(), List.of(), MANY, world.server()))
                    .hasSize(6);
        }
    }

    @Test
    void onlyWhoHasReadSomethingAsks() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            now += 1_000;
            assertThat(start.isDue()).isFalse();
            world.commit("monday", 1);
            look(world, MANY);
            assertThat(start.isDue()).isTrue();
            pass(world, 2);
            look(world, MANY);
            now += 1_000;
            assertThat(start.isDue()).isFalse();
        }
    }

    @Test
    void whoHasReadManyAsksBeforeItIsTime() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            world.commit("monday", 1);
            look(world, MANY);
            assertThat(start.isDue()).isFalse();
            for (int version = 2; version <= LookStart.MANY; version++) {
                world.commit("monday", version);
            }
            look(world, MANY);
            assertThat(start.isDue()).isTrue();
            start.running(world.rows().transactions());
            assertThat(start.isDue()).isFalse();
        }
    }

    private void pass(OutboxWorld world, int checks) throws SQLException {
        for (int check = 0; check < checks; check++) {
            now += 10;
            assertThat(start.isDue()).isTrue();
            start.running(world.rows().transactions());
        }
    }

    @CanIgnoreReturnValue
    private List<String> look(OutboxWorld world, int most) throws SQLException {
        List<OutboxRows.Row> rows = world.rows().oldest(0, start.above(), List.of(), most, world.server());
        start.read(rows, rows.size() < most);
        List<String> found = new ArrayList<>();
        rows.stream()
                .filter(row -> row.topic() == Topic.DAYS)
                .forEach(row -> found.add(row.key() + "=" + row.payload()));
        return found;
    }
}
