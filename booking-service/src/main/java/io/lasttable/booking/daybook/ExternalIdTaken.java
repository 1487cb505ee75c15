package io.lasttable.booking.daybook;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** Another reservation, or waitlist entry, of the venue has the external id already; nothing was written. */
public final class ExternalIdTaken extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Set<String> INDEXES = Set.of("reservation_by_external_id", "waitlist_by_external_id");

    ExternalIdTaken() {
        super("The external id is taken", null, false, false);
    }

    static boolean explains(Throwable failure) {
        return failure instanceof PgException refused && INDEXES.contains(refused.getConstraint());
    }
}
