package io.lasttable.availability.calendar;

import java.util.List;

/** Open slots per published day; a date that is not listed cannot be booked (yet, or any more). */
record Calendar(String venueId, String from, String to, int partySize, boolean stale, List<OpenDay> days) {

    record OpenDay(String date, long version, int openSlots) {}

    static Calendar of(CalendarRequest request, boolean stale, List<OpenDay> days) {
        return new Calendar(
                request.venue().value(),
                request.from().toString(),
                request.to().toString(),
                request.party().value(),
                stale,
                days);
    }
}
