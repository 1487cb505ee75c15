package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Outbox;
import io.lasttable.notify.delivery.Watch;

/** A watch that ends when the token that allowed it does. */
abstract class Expiring extends Watch {

    final long validUntilSeconds;
    final long serial;

    /** @param serial tells apart those that end in the same second */
    Expiring(Outbox outbox, String ref, long validUntilSeconds, long serial) {
        super(outbox, ref);
        this.validUntilSeconds = validUntilSeconds;
        this.serial = serial;
    }
}
