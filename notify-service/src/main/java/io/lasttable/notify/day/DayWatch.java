package io.lasttable.notify.day;

import io.lasttable.notify.delivery.Client;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outlet;
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

    DayWatch(DayWatches watches, Client client, String ref, WatchedDay day, long has, boolean confirm) {
        super(client, ref);
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
    protected boolean writeNext(Outlet outlet) {
        unconfirmed = false;
        if (day.version() == has) {
            return writeAlone(
                    outlet,
                    new Message(
                            "current",
                            ref(),
                            ("\"version\":" + has + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            has));
        }
        long before = has;
        has = day.version();
        if (day.isPassing()) {
            return outlet.write(day.shared(audience, before));
        }
        Frame frame = audience.encode(before, day);
        try {
            return outlet.write(frame);
        } finally {
            frame.release();
        }
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
