package io.lasttable.availability.projection;

/** The fault may lie in the database's or the network's state and not in the data: the same work may be done later. */
public final class DatabaseAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseAwayException(Throwable cause) {
        super(cause.toString(), cause, false, false);
    }
}
