package io.lasttable.booking.venue;

import java.time.LocalDate;
import java.util.List;

/** Service periods that take the place of the venue's own from a date on, until the next schedule does. */
public record Schedule(LocalDate from, List<ServicePeriod> servicePeriods) {

    public Schedule {
        servicePeriods = List.copyOf(servicePeriods);
    }
}
