package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Outbox;

/** A guest's view of one reservation or waitlist entry: always the newest state. */
final class SubjectWatch extends Expiring {

    final WatchedSubject watched;
    private final ReservationWatches watches;
    private long has;

    SubjectWatch(
            ReservationWatches watches,
            Outbox outbox,
            String ref,
            WatchedSubject watched,
            long validUntilSeconds,
            long serial) {
        super(outbox, ref, validUntilSeconds, serial);
        this.watches = watches;
        this.watched = watched;
    }

    @Override
    protected boolean isBehind() {
        return watched.version() > has;
    }

    @Override
    protected boolean writeNext(Connection connection) {
        has = watched.version();
        return connection.writeAlone(watched.newest().message(ref()));
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
