package io.lasttable.booking.database;

import io.lasttable.edge.LostConnection;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** Tells a database that is away, or going, from one that refuses a statement. */
public final class Outage {

    /** SQLSTATE classes: no such database, as while it is brought back from a backup, and insufficient resources. */
    private static final Set<String> NOT_NOW = Set.of("3D", "53");

    private Outage() {}

    /** Whether the connection could not be had or was lost, or the server has no room for what is asked. */
    public static boolean explains(Throwable failure) {
        return failure instanceof PgException refused
                ? isConnectionEnd(refused) || NOT_NOW.contains(state(refused).substring(0, 2))
                : LostConnection.explains(failure);
    }

    /** Classes 08 (connection) and 57 (operator intervention), of which 57014 is a time-out of one statement. */
    public static boolean isConnectionEnd(PgException failure) {
        String state = state(failure);
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String state(PgException failure) {
        String state = failure.getSqlState();
        return state == null || state.length() != 5 ? "-----" : state;
    }
}
