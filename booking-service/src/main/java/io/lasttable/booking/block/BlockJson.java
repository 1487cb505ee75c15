package io.lasttable.booking.block;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block as JSON: read strictly from callers, written the same way to them. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record BlockJson(
        String blockId,
        String firstDate,
        String lastDate,
        Optional<String> from,
        Optional<String> until,
        Optional<String> area,
        Optional<List<String>> tables,
        String closes,
        Optional<String> reason) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MOST_DAYS = 366;
    private static final int MOST_TABLES = 500;

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static BlockJson of(Block block) {
        return new BlockJson(
                block.id(),
                block.firstDate().toString(),
                block.lastDate().toString(),
                block.hours().map(hours -> hours.from().toString()),
                block.hours().map(hours -> hours.until().toString()),
                block.area(),
                Optional.of(block.tables()).filter(tables -> !tables.isEmpty()),
                block.closes().label(),
                block.reason());
    }

    /** Throws a {@link Problem} that lists every mistake. */
    static Block read(String id, String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        if (!isId(id)) {
            mistakes.add(
                    "/path/blockId",
                    "must be 1 to 63 letters, digits, dots, _ and -, beginning with none of these signs");
        }
        fields.optionalText("blockId", 63)
                .filter(own -> !own.equals(id))
                .ifPresent(other -> mistakes.add("/blockId", "must be as in the path, or be left out"));
        LocalDate date = fields.has("date") ? fields.date("date") : null;
        Block block = new Block(
                id,
                date == null ? fields.date("firstDate") : date,
                date == null ? fields.date("lastDate") : date,
                hours(fields),
                fields.optionalText("area", 60),
                fields.array("tables", MOST_TABLES, table -> table.text(40)),
                fields.optional("closes", 10, BlockJson::closes, "must be starts or stays")
                        .orElse(Block.Closes.STARTS),
                fields.optionalText("reason", 200));
        fields.refuseOthers();
        if (mistakes.isEmpty()) {
            check(block, fields);
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return block;
    }

    private static Optional<Block.Hours> hours(Fields fields) {
        if (!fields.has("from") && !fields.has("until")) {
            return Optional.empty();
        }
        LocalTime from = fields.time("from");
        LocalTime until = fields.time("until");
        if (from.equals(until) && fields.has("from") && fields.has("until")) {
            fields.refuse("until", "must be another time than from; leave both out for the whole date");
        }
        return Optional.of(new Block.Hours(from, until));
    }

    private static Optional<Block.Closes> closes(String label) {
        return List.of(Block.Closes.values()).stream()
                .filter(closes -> closes.label().equals(label))
                .findFirst();
    }

    private static void check(Block block, Fields fields) {
        if (block.lastDate().isBefore(block.firstDate())) {
            fields.refuse("lastDate", "must not be before firstDate");
        }
        if (block.lastDate().isAfter(block.firstDate().plusDays(MOST_DAYS - 1L))) {
            fields.refuse("lastDate", "must be at most " + MOST_DAYS + " days from firstDate on, both included");
        }
        if (block.area().isPresent() && !block.tables().isEmpty()) {
            fields.refuse("tables", "name an area or tables, not both");
        }
    }
}
