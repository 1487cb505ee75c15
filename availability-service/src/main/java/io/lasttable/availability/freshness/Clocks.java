package io.lasttable.availability.freshness;

import io.lasttable.edge.ClockReadings;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock that decides which slots have passed, and which days are over. */
@ApplicationScoped
class Clocks {

    private static final int FIRST = 1;

    private ClockReadings readings;

    void start(@Observes @Priority(FIRST) StartupEvent event, Pool database, Vertx vertx) {
        readings = ClockReadings.start(database.getDelegate(), vertx);
    }

    void stop(@Observes ShutdownEvent event) {
        readings.close();
    }

    @Produces
    @ApplicationScoped
    Clock database() {
        return DatabaseClock.UTC;
    }
}
