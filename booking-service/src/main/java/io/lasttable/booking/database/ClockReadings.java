package io.lasttable.booking.database;

import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;

/** Has the database tell the time to this process. */
class ClockReadings {

    static void start(@Observes StartupEvent event, Pool database, Vertx vertx) {
        DatabaseClock.UTC.readFrom(database.getDelegate(), vertx);
    }
}
