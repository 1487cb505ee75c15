package io.lasttable.booking.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;

/** Tells a database that is away, or going, from one that refuses a statement. */
public final class Outage {

    private Outage() {}

    /** Whether the connection could not be had or was lost. */
    public static boolean explains(Throwable failure) {
        return failure instanceof PgException refused
                ? isConnectionEnd(refused)
                : failure instanceof IOException || failure instanceof VertxException || isWaitForConnection(failure);
    }

    /** What the pool says when {@link Connections#WAIT} has passed. */
    private static boolean isWaitForConnection(Throwable failure) {
        return failure instanceof NoStackTraceThrowable && "Timeout".equals(failure.getMessage());
    }

    /** Classes 08 (connection) and 57 (operator intervention), of which 57014 is a time-out of one statement. */
    public static boolean isConnectionEnd(PgException failure) {
        String state = String.valueOf(failure.getSqlState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}
