package io.lasttable.booking.day;

import java.time.Instant;
import java.util.List;

/**
 * What a party has already, and nothing that was set meanwhile takes from it.
 *
 * @param until as long as it may have the tables whatever is made ready behind it
 */
record OwnTables(List<String> tables, Instant until) {
    OwnTables {
        tables = List.copyOf(tables);
    }

    /** Who sits at a table leaves when they leave; of anybody else the planned end counts. */
    static OwnTables of(Reservation reservation) {
        boolean seated = reservation.status() == Status.SEATED;
        return new OwnTables(reservation.tables(), seated ? Instant.MAX : reservation.endsAt());
    }
}
