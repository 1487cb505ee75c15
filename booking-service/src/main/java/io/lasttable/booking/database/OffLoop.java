package io.lasttable.booking.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/**
 * Long computations in the middle of a transaction: on a worker thread, since everybody else's requests are on the event loop, and
 * then on from where they were asked for.
 */
public final class OffLoop {

    private OffLoop() {}

    /** To be called on an event loop, as whatever follows an answer of the database is. */
    public static <T> Uni<T> compute(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() ->
                        Vertx.currentContext().executeBlocking(work, false).toCompletionStage());
    }
}
