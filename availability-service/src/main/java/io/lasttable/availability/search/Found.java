package io.lasttable.availability.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of a search. {@code nextCursor} is absent on the last page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Found(boolean stale, List<FoundVenue> venues, String nextCursor) {

    static final String EXAMPLE = """
            {"stale":false,"venues":[{"venueId":"chez-nous","name":"Chez Nous","city":"Paris","timeZone":"Europe/Paris",
              "location":{"lat":48.8566,"lon":2.3522},"distanceKm":1.204,"minutesAway":0,
              "slots":[{"date":"2026-11-28","time":"19:00","startsAt":"2026-11-28T18:00:00Z","left":1,"version":18}]}],
             "nextCursor":"NDY1MzQ2MjI5MSAwIGNoZXotbm91cyA3"}""";

    /** A venue with its open slots nearest to the wanted time, in order of time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FoundVenue(
            @Schema(examples = "chez-nous") String venueId,
            @Schema(examples = "Chez Nous") String name,
            @Schema(examples = "Paris") String city,
            @Schema(examples = "Europe/Paris") String timeZone,
            Location location,
            @Schema(examples = "1.204") Double distanceKm,

            @Schema(examples = "0", description = "minutes between the wanted time and the nearest open slot")
            int minutesAway,

            List<FoundSlot> slots) {}

    record Location(double lat, double lon) {}

    /** {@code date} is the service date to book under; {@code version} that of its day. */
    record FoundSlot(
            @Schema(examples = "2026-11-28") String date,
            @Schema(examples = "19:00") String time,
            @Schema(examples = "2026-11-28T18:00:00Z") String startsAt,
            @Schema(examples = "1") int left,
            @Schema(examples = "18") long version) {}
}
