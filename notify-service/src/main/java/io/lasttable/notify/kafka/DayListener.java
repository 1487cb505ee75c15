package io.lasttable.notify.kafka;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;

/** Who hears of days; called on the feed's thread. */
public interface DayListener {

    /** Whether somebody would look at the day; otherwise it is not even parsed. */
    boolean follows(DayKey key);

    void day(DayState state);

    void removed(DayKey key);
}
