package io.lasttable.booking.day;

import io.lasttable.booking.venue.ServicePeriod;

/** How many covers a kitchen takes per start time. */
final class Pacing {

    private Pacing() {}

    /** Covers that may still start at a slot where {@code starting} covers already do. */
    static int room(ServicePeriod period, int starting) {
        return period.maxCoversPerSlot().isEmpty()
                ? Integer.MAX_VALUE
                : Math.max(0, period.maxCoversPerSlot().getAsInt() - starting);
    }
}
