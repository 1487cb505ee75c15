package io.lasttable.notify.day;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** One venue on one service date; written as the Kafka key {@code venueId/date}. */
public record DayKey(String venueId, LocalDate date) {

    private static final Pattern VENUE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Empty when the venue id or the date is malformed. */
    public static Optional<DayKey> of(String venueId, String date) {
        if (venueId == null
                || date == null
                || date.length() != 10
                || !VENUE.matcher(venueId).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DayKey(venueId, LocalDate.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the text can be a venue's id. */
    public static boolean isVenue(String id) {
        return VENUE.matcher(id).matches();
    }

    @Override
    public String toString() {
        return venueId + "/" + date;
    }
}
