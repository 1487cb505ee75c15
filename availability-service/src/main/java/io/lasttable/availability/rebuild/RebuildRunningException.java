package io.lasttable.availability.rebuild;

/** Another rebuild holds the lease. */
public final class RebuildRunningException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    RebuildRunningException() {
        super("Another rebuild is running, or was killed less than lasttable.rebuild.lease ago. Try again after it.");
    }
}
