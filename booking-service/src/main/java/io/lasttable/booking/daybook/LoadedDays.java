package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Receipt;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Days as they were read.
 *
 * @param open dates that exist as days
 * @param receipts answers that are stored for requests, by key
 * @param transactionId {@link DayTransaction#ID}, to ask later what became of it; empty when only looking
 * @param reached dates that a neighbour's step has reached into since they were published, when time passes
 * @param closing when what a date offers changes by a cut-off
 */
record LoadedDays(
        SortedMap<LocalDate, Day> days,
        Set<LocalDate> open,
        Map<String, Receipt.Stored> receipts,
        String transactionId,
        Set<LocalDate> reached,
        Map<LocalDate, Instant> closing) {

    /** Dates that have to be told anew, though nobody has booked. */
    Set<LocalDate> outdated(Instant now) {
        Set<LocalDate> outdated = new TreeSet<>(reached);
        closing.forEach((date, at) -> {
            if (!now.isBefore(at)) {
                outdated.add(date);
            }
        });
        return outdated;
    }

    /** Fails when something would be written for a day that is not open yet, for example just after midnight. */
    void requireOpen(DayStep step) {
        Set<LocalDate> missing = new TreeSet<>(step.days().keySet());
        missing.removeAll(open);
        if (!missing.isEmpty()) {
            throw new DayNotOpen(missing);
        }
    }

    /** The day's row does not exist, so that there is nothing to lock. */
    static final class DayNotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Set<LocalDate> dates;

        DayNotOpen(Set<LocalDate> dates) {
            super("Not open yet: " + dates, null, false, false);
            this.dates = dates;
        }

        Set<LocalDate> dates() {
            return dates;
        }
    }
}
