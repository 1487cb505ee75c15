package io.lasttable.notify.feed;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;

/** Who hears of what the feed reads; called on the feed's thread. */
public interface FeedListener {

    boolean follows(DayKey key);

    boolean follows(Subject subject, String venueId);

    void day(DayState state);

    void dayRemoved(DayKey key);

    void change(Change change);

    /** Kafka cannot be heard (true), or can be heard again (false). */
    void stalled(boolean stalled);
}
