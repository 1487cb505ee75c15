package io.lasttable.booking.database;

import io.lasttable.edge.ClockReadings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Has the database tell the time to this process before anything is decided. */
@ApplicationScoped
class DatabaseTime {

    private static final int FIRST = 1;

    private ClockReadings readings;

    void start(@Observes @Priority(FIRST) StartupEvent event, Pool database, Vertx vertx) {
        readings = ClockReadings.start(database.getDelegate(), vertx);
    }

    void stop(@Observes ShutdownEvent event) {
        readings.close();
    }
}
