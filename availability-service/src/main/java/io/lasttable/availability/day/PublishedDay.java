package io.lasttable.availability.day;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The shape of a day document in the OpenAPI document; what is answered is the published text itself. */
@Schema(name = "Day")
record PublishedDay(
        String venueId,
        String date,
        long version,

        @Schema(
                description =
                        "ISO 8601; slots that start sooner are no longer offered, leaving them out is the reader's job")
        String minNotice,

        List<PublishedSlot> slots) {

    static final String EXAMPLE = """
            {"venueId":"chez-nous","date":"2026-11-28","version":18,"minNotice":"PT30M",
             "slots":[{"time":"19:00","startsAt":"2026-11-28T18:00:00Z","left":{"2":1}}]}""";

    @Schema(name = "DaySlot")
    record PublishedSlot(
            String time,
            String startsAt,

            @Schema(description = "party size -> tables or combinations left; zero is left out")
            Map<String, Integer> left) {}
}
