package io.lasttable.availability.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private static final String AWAY = "08006";
    private static final String NO_SUCH_DATABASE = "3D000";

    @Test
    void aDatabaseThatIsBroughtBackWhileTheServiceWaitsIsWaitedFor() {
        Migration migration = new Migration(answering(AWAY, NO_SUCH_DATABASE, NO_SUCH_DATABASE));
        migration.start(new StartupEvent());
        assertThat(migration.attempt()).isFalse();
        assertThat(migration.attempt()).isFalse();
        assertThat(migration.attempt()).isTrue();
        assertThat(migration.isDone()).isTrue();
    }

    @Test
    void oneThatDoesNotExistAtTheStartEndsIt() {
        Migration migration = new Migration(answering(NO_SUCH_DATABASE));
        assertThatThrownBy(() -> migration.start(new StartupEvent())).isInstanceOf(FlywayException.class);
    }

    /** Fails with these SQL states, one after the other, then succeeds. */
    private static Flyway answering(String... states) {
        Queue<String> failures = new ArrayDeque<>(List.of(states));
        return new Flyway(Flyway.configure()) {
            @Override
            public MigrateResult migrate() {
                String state = failures.poll();
                if (state != null) {
                    throw new FlywayException("refused", new SQLException("refused", state));
                }
                return new MigrateResult();
            }
        };
    }
}
