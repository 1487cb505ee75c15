package io.lasttable.booking.venue;

import java.time.LocalDate;
import java.util.List;

/** A date that differs from its weekday: closed, or with service periods of its own. */
public record SpecialDay(LocalDate date, boolean closed, List<ServicePeriod> servicePeriods) {

    public SpecialDay {
        servicePeriods = List.copyOf(servicePeriods);
    }
}
