package io.lasttable.availability.freshness;

import io.lasttable.edge.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock that decides which slots have passed, and which days are over. */
class Clocks {

    @Produces
    @ApplicationScoped
    Clock database() {
        return DatabaseClock.UTC;
    }

    static void start(@Observes StartupEvent event, Pool database, Vertx vertx) {
        DatabaseClock.UTC.readFrom(database.getDelegate(), vertx);
    }
}
