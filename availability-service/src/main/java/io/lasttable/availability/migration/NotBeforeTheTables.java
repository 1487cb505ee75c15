package io.lasttable.availability.migration;

import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemMapper;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody is told of tables that are not there, or are those of another release. */
class NotBeforeTheTables {

    private static final long RETRY_SECONDS = 2;

    private final Migration migration;

    NotBeforeTheTables(Migration migration) {
        this.migration = migration;
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check() {
        return migration.isDone()
                ? Optional.empty()
                : Optional.of(ProblemMapper.response(new Problem.Overloaded(RETRY_SECONDS)));
    }
}
