package io.lasttable.edge;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.io.IOException;
import java.util.List;

/** Tells a statement that had no connection, or lost it, from one that the database answers. */
public final class LostConnection {

    /** What Vert.x' client has no type of its own for: a wait in the pool that ended, and a connection that was found closed. */
    private static final List<String> WORDS =
            List.of("Timeout", "Connection is not active", "Pending requests failed to be sent");

    private LostConnection() {}

    /** Whether this failure itself, not one of its causes, says so. */
    public static boolean explains(Throwable failure) {
        return failure instanceof IOException || failure instanceof VertxException || isSaidInWords(failure);
    }

    private static boolean isSaidInWords(Throwable failure) {
        String said = failure.getMessage();
        return failure instanceof NoStackTraceThrowable
                && said != null
                && WORDS.stream().anyMatch(said::startsWith);
    }
}
