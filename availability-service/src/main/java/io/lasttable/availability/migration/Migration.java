package io.lasttable.availability.migration;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the database. At the start, when it is there; while it is away the service starts all the same, says 503 and that it is
 * not ready, and whoever needs the tables tries again: a start that waited would be ended by its probe, and begun anew for as long as
 * the outage lasts. A database that refuses what is asked of it ends the start; one that refuses later, as it may while it is brought
 * back from a backup, is asked again.
 */
@ApplicationScoped
public class Migration {

    private static final int BEFORE_OTHERS = 100;
    private static final int MOST_CAUSES = 10;

    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private final Flyway flyway;
    private volatile boolean isDone;
    private boolean isStarted;
    private String said = "";

    Migration(Flyway flyway) {
        this.flyway = flyway;
    }

    synchronized void start(@Observes @Priority(BEFORE_OTHERS) StartupEvent event) {
        boolean done = attempt();
        assert done == isDone;
        isStarted = true;
    }

    public boolean isDone() {
        return isDone;
    }

    /**
     * Migrates if it has not been done. Blocks, no longer than the limits of a connection and of the migrations.
     *
     * @return false while the database is away or, once the service has started, refuses
     * @throws FlywayException when it refuses at the start
     */
    public synchronized boolean attempt() {
        if (!isDone) {
            try {
                var migrated = flyway.migrate();
                isDone = true;
                Log.infof("The tables are of version %s", migrated.targetSchemaVersion);
            } catch (FlywayException e) {
                if (!isAway(e) && !isStarted) {
                    throw e;
                }
                complain(e);
            }
        }
        return isDone;
    }

    /** Once for each reason: the tries follow each other for as long as it lasts. */
    private void complain(FlywayException e) {
        String reason = e.getMessage().strip();
        if (reason.equals(said)) {
            return;
        }
        said = reason;
        if (isAway(e)) {
            Log.errorf("The database is away: nothing is answered until it is there. %s", reason);
        } else {
            Log.error("The database refuses to be migrated: nothing is answered until it is, and it is asked again", e);
        }
    }

    private static boolean isAway(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(cause -> cause instanceof TimeoutException
                        || cause instanceof SQLException refused && isAway(refused.getSQLState()));
    }

    private static boolean isAway(String state) {
        return state != null && state.length() == 5 && AWAY.contains(state.substring(0, 2));
    }
}
