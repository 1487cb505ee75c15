package io.lasttable.booking.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reservations as lines of a CSV file (RFC 4180, UTF-8, a header line first), read one after the other as they arrive.
 * Columns: {@code date, time, partySize, name} and, if wanted, {@code email, phone, tables} (separated by spaces),
 * {@code area, note, channel}.
 */
final class ImportLines {

    static final int MOST = 20_000;

    /** They are one transaction, so that nobody else books the date meanwhile. */
    static final int MOST_OF_A_DAY = 1_000;

    private static final Set<String> REQUIRED = Set.of("date", "time", "partySize", "name");
    private static final Set<String> GUEST = Set.of("name", "email", "phone");
    private static final Set<String> OTHERS = Set.of("date", "time", "partySize", "tables", "area", "note", "channel");

    /**
     * One line, read.
     *
     * @param number as an editor shows it
     * @param text to tell the line from another one
     */
    record Line(long number, String text, BookingOrder order) {}

    /** A line that is no reservation. */
    record Mistaken(long number, String date, String detail) {}

    private ImportLines() {}

    static void read(InputStream csv, Consumer<Line> line, Consumer<Mistaken> mistaken) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (CSVParser parser = CSVParser.builder()
                .setReader(new InputStreamReader(csv, utf8))
                .setFormat(format)
                .get()) {
            checkHeader(parser.getHeaderNames());
            for (CSVRecord record : parser) {
                read(record, parser.getCurrentLineNumber(), line, mistaken);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw Problem.invalid("", "must be CSV in UTF-8 with a header line: " + e.getMessage());
        }
    }

    private static void checkHeader(List<String> columns) {
        for (String column : REQUIRED) {
            if (!columns.contains(column)) {
                throw Problem.invalid("", "the header line lacks the column " + column);
            }
        }
        for (String column : columns) {
            if (!GUEST.contains(column) && !OTHERS.contains(column)) {
                throw Problem.invalid("", "unknown column " + column + " in the header line");
            }
        }
    }

    private static void read(CSVRecord record, long number, Consumer<Line> line, Consumer<Mistaken> mistaken) {
        if (record.getRecordNumber() > MOST) {
            throw Problem.invalid("", "has more than " + MOST + " lines; send it in parts");
        }
        String date = record.isSet("date") ? record.get("date") : "";
        if (!record.isConsistent()) {
            mistaken.accept(new Mistaken(number, date, "has another number of fields than the header line"));
            return;
        }
        try {
            String json = json(new TreeMap<>(record.toMap())).encode();
            line.accept(new Line(number, json, ReservationJson.booking(json)));
        } catch (Problem problem) {
            mistaken.accept(new Mistaken(number, date, problem.getMessage()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was just encoded cannot be read", e);
        }
    }

    private static JsonObject json(Map<String, String> fields) {
        JsonObject json = new JsonObject();
        JsonObject guest = new JsonObject();
        fields.forEach((column, value) -> {
            if (value.isEmpty()) {
                return;
            }
            if (GUEST.contains(column)) {
                guest.put(column, value);
            } else if (column.equals("partySize") && value.matches("[0-9]{1,9}")) {
                json.put(column, Integer.parseInt(value));
            } else if (column.equals("tables")) {
                json.put(column, new JsonArray(List.of(value.split(" +"))));
            } else {
                json.put(column, value);
            }
        });
        return json.put("guest", guest);
    }
}
