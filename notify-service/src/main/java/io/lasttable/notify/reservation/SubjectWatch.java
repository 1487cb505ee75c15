package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Client;
import io.lasttable.notify.delivery.Outlet;

/** A guest's view of one reservation or waitlist entry: always the newest state. */
final class SubjectWatch extends Expiring {

    final WatchedSubject watched;
    private final ReservationWatches watches;
    private long has;

    SubjectWatch(
            ReservationWatches watches,
            Client client,
            String ref,
            WatchedSubject watched,
            long validUntilSeconds,
            long serial) {
        super(client, ref, validUntilSeconds, serial);
        this.watches = watches;
        this.watched = watched;
    }

    @Override
    protected boolean isBehind() {
        return watched.version() > has;
    }

    @Override
    protected boolean writeNext(Outlet outlet) {
        has = watched.version();
        return writeAlone(outlet, watched.newest().message(ref()));
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
