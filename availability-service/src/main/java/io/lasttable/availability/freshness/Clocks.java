package io.lasttable.availability.freshness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock that decides which slots have passed. */
class Clocks {

    @Produces
    @ApplicationScoped
    Clock system() {
        return Clock.systemUTC();
    }
}
