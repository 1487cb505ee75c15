package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Client;
import io.lasttable.notify.delivery.Watch;

/** A watch that ends when the token that allowed it does. */
abstract class Expiring extends Watch {

    final long validUntilSeconds;
    final long serial;

    /** @param serial tells apart those that end in the same second */
    Expiring(Client client, String ref, long validUntilSeconds, long serial) {
        super(client, ref);
        this.validUntilSeconds = validUntilSeconds;
        this.serial = serial;
    }
}
