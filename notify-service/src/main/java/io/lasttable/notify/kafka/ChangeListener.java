package io.lasttable.notify.kafka;

import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;

/** Who hears of reservations and waitlist entries; called on the feed's thread. */
public interface ChangeListener {

    /** Whether somebody would look at the change; otherwise it is not even parsed. */
    boolean follows(Subject subject, String venueId);

    void change(Change change);
}
