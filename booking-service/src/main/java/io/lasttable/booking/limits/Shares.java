package io.lasttable.booking.limits;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of what lasts one client may have under way in this replica: long polls, each of which waits, and imports, each of
 * which keeps a worker thread. Counted until the answer is out or the connection is gone.
 */
@ApplicationScoped
class Shares {

    /** After {@link RateLimit}, which has the cheaper answer. */
    private static final int AFTER_RATE_LIMIT = 140;

    private final LimitSettings limits;
    private final Client client;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    Shares(LimitSettings settings, Client client) {
        this.limits = settings;
        this.client = client;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_RATE_LIMIT);
    }

    private void check(RoutingContext context) {
        String path = context.request().path();
        if (context.request().method() == HttpMethod.GET && path.endsWith("/changes")) {
            share(context, "polls of ", limits.pollsPerClient());
        } else if (path.endsWith("/reservations/import")) {
            share(context, "imports of ", limits.importsPerClient());
        } else {
            context.next();
        }
    }

    private void share(RoutingContext context, String kind, int most) {
        Optional<String> name = client.of(context).map(kind::concat);
        if (name.isEmpty()) {
            context.next();
        } else if (underWay.merge(name.get(), 1, Integer::sum) > most) {
            leave(name.get());
            ProblemResponse.send(
                    context,
                    Problem.of(Problem.Type.RATE_LIMITED, "At most " + most + " of these at once; let one end first.")
                            .retryAfter(1));
        } else {
            context.addEndHandler(ended -> leave(name.get()));
            context.next();
        }
    }

    private void leave(String name) {
        Integer left = underWay.computeIfPresent(name, (same, some) -> some > 1 ? some - 1 : null);
        assert left == null || left > 0;
    }
}
