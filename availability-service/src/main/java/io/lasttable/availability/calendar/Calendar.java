package io.lasttable.availability.calendar;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Open slots per published day; a date that is not listed cannot be booked (yet, or any more). */
record Calendar(
        @Schema(examples = "chez-nous") String venueId,
        @Schema(examples = "2026-11-01") String from,
        @Schema(examples = "2026-11-30") String to,
        @Schema(examples = "2") int partySize,
        boolean stale,
        List<OpenDay> days) {

    static final String EXAMPLE = """
            {"venueId":"chez-nous","from":"2026-11-01","to":"2026-11-30","partySize":2,"stale":false,
             "days":[{"date":"2026-11-28","version":18,"openSlots":7},{"date":"2026-11-29","version":4,"openSlots":0}]}""";

    record OpenDay(
            @Schema(examples = "2026-11-28") String date,
            @Schema(examples = "18") long version,
            @Schema(examples = "7") int openSlots) {}

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
