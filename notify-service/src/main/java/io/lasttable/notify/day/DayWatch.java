package io.lasttable.notify.day;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outbox;
import io.lasttable.notify.delivery.Watch;

/** One client's interest in one day; {@code has} is the version that the client holds or that is on its way to it. */
final class DayWatch extends Watch {

    final WatchedDay day;
    final Audience audience;
    /** Place among the day's watchers. */
    int index;

    private final DayWatches watches;
    private long has;
    private boolean unconfirmed;

    DayWatch(DayWatches watches, Outbox outbox, String ref, WatchedDay day, long has, boolean confirm) {
        super(outbox, ref);
        this.watches = watches;
        this.day = day;
        this.has = has;
        this.unconfirmed = confirm;
        this.audience = day.join(this);
    }

    @Override
    protected boolean isBehind() {
        return day.isKnown() && (day.version() > has || unconfirmed && day.version() == has);
    }

    @Override
    protected boolean writeNext(Connection connection) {
        unconfirmed = false;
        if (day.version() == has) {
            return connection.writeAlone(Message.current(ref(), has));
        }
        long before = has;
        has = day.version();
        if (day.isPassing()) {
            return connection.write(day.shared(audience, before));
        }
        Frame frame = audience.encode(before, day);
        try {
            return connection.write(frame);
        } finally {
            frame.release();
        }
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
