package io.lasttable.booking.reservation;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Phone;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ImportColumns.Column;
import io.lasttable.booking.venue.Table;
import io.lasttable.booking.venue.Venue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reservations as lines of a CSV file with a header line, as spreadsheets and other systems write them: what the file is made of
 * is {@link ImportText}, what its columns are {@link ImportColumns}, what its values are {@link ImportValues}.
 */
final class ImportLines {

    static final int MOST = 20_000;

    /** They are one transaction, so that nobody else books the date meanwhile. */
    static final int MOST_OF_A_DAY = 1_000;

    private static final Pattern SEPARATOR = Pattern.compile("sep=(.)\\r?\\n", Pattern.CASE_INSENSITIVE);
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final Set<String> TO_COME =
            Set.of("", "confirmed", "booked", "reserved", "assumed", "accepted", "bestätigt", "reserviert", "confirmé");

    /**
     * One line, read.
     *
     * @param number as an editor shows it, of a line with line breaks in it the first
     * @param text to tell the line from another one, however its values were written
     */
    record Line(long number, String text, BookingOrder order) {}

    /**
     * A line that is no reservation.
     *
     * @param date that it is of; absent when that cannot be read
     */
    record Mistaken(long number, Optional<LocalDate> date, String detail) {}

    private final Optional<Country> country;
    private final List<String> tables;
    private final Consumer<Line> line;
    private final Consumer<Mistaken> mistaken;
    private ImportColumns columns;

    ImportLines(Venue venue, Consumer<Line> line, Consumer<Mistaken> mistaken) {
        this.country = Country.ofZone(venue.timeZone().getId());
        this.tables = venue.tables().stream().map(Table::id).toList();
        this.line = line;
        this.mistaken = mistaken;
    }

    /** Reads the whole text; the columns that were left out. Throws when it is no such file. */
    List<String> read(String text, boolean ignoreUnknown) {
        Matcher separator = SEPARATOR.matcher(text);
        boolean said = separator.lookingAt();
        String csv = said ? text.substring(separator.end()) : text;
        char delimiter = said ? separator.group(1).charAt(0) : delimiter(csv);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (CSVParser parser =
                CSVParser.builder().setCharSequence(csv).setFormat(format).get()) {
            read(parser, said ? 1 : 0, ignoreUnknown);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw Problem.invalid("", "must be CSV with a header line: " + e.getMessage());
        }
        return columns.ignored();
    }

    /** The one by which most columns of the first line mean something. */
    private static char delimiter(String csv) {
        String header = csv.lines()
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("")
                .replace("\"", "");
        return DELIMITERS.stream()
                .max(Comparator.<Character>comparingLong(delimiter ->
                                ImportColumns.known(List.of(header.split(Pattern.quote(delimiter.toString())))))
                        .thenComparing(
                                Comparator.comparingInt(DELIMITERS::indexOf).reversed()))
                .orElseThrow();
    }

    private void read(CSVParser parser, long before, boolean ignoreUnknown) {
        long last = before;
        for (CSVRecord record : parser) {
            long number = last + 1;
            last = before + parser.getCurrentLineNumber();
            if (record.stream().allMatch(value -> ImportValues.text(value).isEmpty())) {
                continue;
            }
            if (columns == null) {
                columns = ImportColumns.of(record.toList(), ignoreUnknown);
            } else {
                read(record, number);
            }
            if (record.getRecordNumber() > MOST + 1) {
                throw Problem.invalid("", "has more than " + MOST + " lines; send it in parts");
            }
        }
        if (columns == null) {
            throw Problem.invalid("", "must be CSV with a header line: it is empty");
        }
    }

    private void read(CSVRecord record, long number) {
        String[] when = when(record);
        Optional<LocalDate> date = ImportValues.date(when[0]);
        try {
            check(record, when[0], date);
            String json = json(record, when, date).encode();
            line.accept(new Line(number, json, ReservationJson.booking(json, country)));
        } catch (Problem | JsonBody.Unreadable problem) {
            mistaken.accept(new Mistaken(number, date, problem.getMessage()));
        }
    }

    private void check(CSVRecord record, String written, Optional<LocalDate> date) {
        int most = columns.width();
        boolean wide = record.stream()
                .skip(most)
                .anyMatch(value -> !ImportValues.text(value).isEmpty());
        if (wide) {
            throw Problem.invalid(
                    "", "has more fields than the header line: put quotes around a value with commas in it");
        }
        if (date.isEmpty() && written.matches("\\d{1,2}[/-]\\d{1,2}[/-]\\d{2,4}")) {
            throw Problem.invalid(
                    "/date", "write it as 2026-11-28: nobody knows which part of " + written + " is the month");
        }
        String status = value(record, Column.STATUS);
        if (!TO_COME.contains(status.toLowerCase(Locale.ROOT))) {
            throw Problem.invalid("/status", "is " + status + ": leave out what is not to come");
        }
    }

    /** Date and time as they are written, side by side or in one column. */
    private String[] when(CSVRecord record) {
        if (columns.has(Column.DATE_TIME)) {
            return Arrays.copyOf(value(record, Column.DATE_TIME).split("[T ]+", 2), 2);
        }
        return new String[] {value(record, Column.DATE), value(record, Column.TIME)};
    }

    private JsonObject json(CSVRecord record, String[] when, Optional<LocalDate> date) {
        JsonObject json = new JsonObject();
        put(json, "date", date.map(LocalDate::toString).orElse(when[0]));
        put(json, "time", Optional.ofNullable(when[1]).map(ImportLines::time).orElse(""));
        String size = value(record, Column.PARTY_SIZE);
        ImportValues.whole(size)
                .ifPresentOrElse(
                        whole -> json.put(Column.PARTY_SIZE.label(), whole),
                        () -> put(json, Column.PARTY_SIZE.label(), size));
        for (Column column : List.of(Column.AREA, Column.NOTE, Column.CHANNEL, Column.EXTERNAL_ID)) {
            put(json, column.label(), value(record, column));
        }
        List<String> chosen = ImportValues.tables(value(record, Column.TABLES), tables);
        if (!chosen.isEmpty()) {
            put(json, chosen);
        }
        return json.put("guest", guest(record));
    }

    private static String time(String written) {
        return ImportValues.time(written).map(Object::toString).orElse(written);
    }

    private JsonObject guest(CSVRecord record) {
        JsonObject guest = new JsonObject();
        String name = Stream.of(Column.NAME, Column.FIRST_NAME, Column.LAST_NAME)
                .map(column -> value(record, column))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        put(guest, "name", name);
        put(guest, "email", value(record, Column.EMAIL));
        String phone = ImportValues.phone(value(record, Column.PHONE));
        put(guest, "phone", Phone.parse(phone, country).map(Phone::e164).orElse(phone));
        return guest;
    }

    private static void put(JsonObject json, List<String> chosen) {
        JsonObject same = json.put(Column.TABLES.label(), new JsonArray(chosen));
        assert same == json;
    }

    private static void put(JsonObject json, String name, String value) {
        if (!value.isEmpty()) {
            JsonObject same = json.put(name, value);
            assert same == json;
        }
    }

    /** Empty when the file has no such column, or the line ends before it. */
    private String value(CSVRecord record, Column column) {
        return columns.places(column).stream()
                .filter(place -> place < record.size())
                .map(place -> ImportValues.text(record.get(place)))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
