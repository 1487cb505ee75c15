package io.lasttable.availability.day;

import io.lasttable.availability.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** One venue on one service date (venue-local). */
public record DayKey(VenueId venue, LocalDate date) {

    public static final String EXPECTED_DATE = "a date such as 2026-11-28";

    private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** Reads {@code 2026-11-28}; years beyond four digits are refused, which the database would not hold. */
    public static LocalDate parseDate(String text) {
        if (!FOUR_DIGIT_YEAR.matcher(text).matches()) {
            throw new IllegalArgumentException("not a date: " + text);
        }
        return LocalDate.parse(text);
    }

    /** The oldest date that is kept where the local date is {@code today}: yesterday's service may run past midnight. */
    public static LocalDate oldestKept(LocalDate today) {
        return today.minusDays(1);
    }

    /** Whether the date is no longer kept even where the calendar is furthest behind (UTC-12). */
    public boolean isOverEverywhere(Instant now) {
        return date.isBefore(oldestKeptAnywhere(now));
    }

    public static LocalDate oldestKeptAnywhere(Instant now) {
        return oldestKept(LocalDate.ofInstant(now, ZoneOffset.ofHours(-12)));
    }

    @Override
    public String toString() {
        return venue + "/" + date;
    }
}
