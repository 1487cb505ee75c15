package io.lasttable.booking.venue;

import java.time.LocalDate;
import java.util.List;

/**
 * Dates that differ from their weekdays: closed, or with service periods of their own.
 *
 * @param lastDate included; less than a year after the first
 * @param yearly whether it comes back on the same days of every later year, from 29 February on 28 February where there is none
 * @param servicePeriods on their weekdays, those without any on every date
 */
public record Season(
        LocalDate firstDate, LocalDate lastDate, boolean yearly, boolean closed, List<ServicePeriod> servicePeriods) {

    public Season {
        servicePeriods = List.copyOf(servicePeriods);
    }

    boolean has(LocalDate date) {
        int later = date.getYear() - firstDate.getYear();
        return isIn(date, 0) || yearly && (later > 0 && isIn(date, later) || later > 1 && isIn(date, later - 1L));
    }

    private boolean isIn(LocalDate date, long yearsLater) {
        return !date.isBefore(firstDate.plusYears(yearsLater)) && !date.isAfter(lastDate.plusYears(yearsLater));
    }

    List<ServicePeriod> on(LocalDate date) {
        return servicePeriods.stream()
                .filter(period -> period.days().isEmpty() || period.days().contains(date.getDayOfWeek()))
                .toList();
    }
}
