package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Staff's view of a venue: each change as it comes. While the connection is busy the newest of each reservation is kept, up
 * to a bound; beyond that the client is told that it has missed changes and should read the list anew.
 */
final class VenueWatch extends Expiring {

    private static final int MOST_WAITING = 256;

    final String venueId;
    private final ReservationWatches watches;
    private final Map<Subject, Change> waiting = new LinkedHashMap<>();
    private boolean missed;

    VenueWatch(
            ReservationWatches watches,
            Outbox outbox,
            String ref,
            String venueId,
            long validUntilSeconds,
            long serial) {
        super(outbox, ref, validUntilSeconds, serial);
        this.watches = watches;
        this.venueId = venueId;
    }

    void add(Change change) {
        waiting.remove(change.subject());
        waiting.put(change.subject(), change);
        if (waiting.size() > MOST_WAITING) {
            waiting.clear();
            missed = true;
        }
    }

    @Override
    protected boolean isBehind() {
        return missed || !waiting.isEmpty();
    }

    @Override
    protected boolean writeNext(Connection connection) {
        if (missed) {
            missed = false;
            return connection.writeAlone(Message.error(
                    ref(), "missed-changes", "Changes came faster than they were read: load the list anew."));
        }
        Subject first = waiting.keySet().iterator().next();
        return connection.writeAlone(waiting.remove(first).message(ref()));
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
