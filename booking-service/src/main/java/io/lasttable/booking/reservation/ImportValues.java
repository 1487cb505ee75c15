package io.lasttable.booking.reservation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What spreadsheets make of values, read back: pure. What cannot be read is left as it is, for the line's report. */
final class ImportValues {

    private static final Pattern MIDNIGHT = Pattern.compile("[T ]00:00(:00(\\.0+)?)?$");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,2})[:.h](\\d{2})([:.]00([.,]0+)?)?\\s*(?:([ap])\\.?m\\.?|uhr)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9})([.,]0+)?");
    private static final Pattern AS_TEXT = Pattern.compile("=\"(.*)\"", Pattern.DOTALL);
    private static final Pattern EDGES = Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z},;+&/|]*");

    private ImportValues() {}

    /** Without spaces and marks around, formulas that only guard a text, and the line breaks of other systems. */
    static String text(String value) {
        String bare = EDGES.matcher(value).replaceAll("");
        Matcher guarded = AS_TEXT.matcher(bare);
        return (guarded.matches() ? guarded.group(1) : bare)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\t', ' ');
    }

    /** ISO 8601, year first, or with dots, which is always day first. With slashes nobody knows which is the month. */
    static Optional<LocalDate> date(String value) {
        String bare = MIDNIGHT.matcher(value).replaceAll("");
        Matcher year = YEAR_FIRST.matcher(bare);
        if (year.matches()) {
            return date(year.group(1), year.group(2), year.group(3));
        }
        Matcher day = DAY_FIRST.matcher(bare);
        return day.matches() ? date(day.group(3), day.group(2), day.group(1)) : Optional.empty();
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** To the minute; of 24 hours or of twice twelve. */
    static Optional<LocalTime> time(String value) {
        Matcher time = TIME.matcher(value.replace('\u202f', ' ').replace('\u00a0', ' '));
        if (!time.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(time.group(1));
        Optional<String> half = Optional.ofNullable(time.group(5)).map(letter -> letter.toLowerCase(Locale.ROOT));
        if (half.isPresent() && (hour < 1 || hour > 12)) {
            return Optional.empty();
        }
        int ofDay =
                half.map(letter -> hour % 12 + (letter.equals("p") ? 12 : 0)).orElse(hour);
        try {
            return Optional.of(LocalTime.of(ofDay, Integer.parseInt(time.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Integer> whole(String value) {
        Matcher whole = WHOLE.matcher(value);
        return whole.matches() ? Optional.of(Integer.parseInt(whole.group(1))) : Optional.empty();
    }

    /** Spreadsheets guard a leading plus with an apostrophe. */
    static String phone(String value) {
        return value.startsWith("'") ? value.substring(1) : value;
    }

    /**
     * The tables that a cell names: ids of the venue, the longest first, so that {@code Table 1 Table 12} are two; between them
     * spaces, commas and the like, around them quotes where wanted. What is none of the venue's is one up to the next space.
     */
    static List<String> tables(String value, Collection<String> ofVenue) {
        List<String> longestFirst = ofVenue.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        List<String> named = new ArrayList<>();
        int at = end(BETWEEN, value, 0);
        while (at < value.length()) {
            String id = next(value, at, longestFirst);
            at = end(BETWEEN, value, at + id.length());
            boolean added = named.add(isQuoted(id) ? unquoted(id) : id);
            assert added;
        }
        return named;
    }

    private static String next(String value, int at, List<String> longestFirst) {
        int quote = value.charAt(at) == '"' ? value.indexOf('"', at + 1) : -1;
        if (quote > 0) {
            return value.substring(at, quote + 1);
        }
        return longestFirst.stream()
                .filter(id -> value.startsWith(id, at) && endsThere(value, at + id.length()))
                .findFirst()
                .orElseGet(() -> value.substring(at).split("[\\s\\p{Z},;+&|]", 2)[0]);
    }

    private static boolean endsThere(String value, int at) {
        return at == value.length() || end(BETWEEN, value, at) > at;
    }

    private static int end(Pattern pattern, String value, int from) {
        Matcher matcher = pattern.matcher(value).region(from, value.length());
        return matcher.lookingAt() ? matcher.end() : from;
    }

    private static boolean isQuoted(String id) {
        return id.length() > 1 && id.startsWith("\"") && id.endsWith("\"");
    }

    private static String unquoted(String id) {
        return id.substring(1, id.length() - 1);
    }
}
