package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code block}, and how a day's row carries what of it holds there. */
final class BlockTable {

    private static final Columns COLUMNS = Columns.of("venue_id text, id text, first_date date, last_date date,"
            + " from_time time, until_time time, area text, tables text[], closes text, reason text");

    private static final String SELECT = "select " + COLUMNS.from("b") + " from block b where b.venue_id = $1 ";
    private static final String BY_ID = SELECT + "and b.id = $2";
    private static final String BETWEEN = SELECT + "and b.last_date >= $2 and b.first_date <= $3 order by b.id";
    private static final String PAGE =
            SELECT + "and b.last_date >= $2 and b.first_date <= $3 and b.id > $4 order by b.id limit $5";
    private static final String COUNT = "select count(*) from block where venue_id = $1 and last_date >= $2";
    private static final String SAVE = COLUMNS.insertInto("block") + " on conflict (venue_id, id) do update set "
            + Columns.overwriting(
                    "first_date", "last_date", "from_time", "until_time", "area", "tables", "closes", "reason");
    private static final String DELETE = "delete from block where venue_id = $1 and id = $2";

    private static final String DELETE_ALL = "delete from block where venue_id = $1";

    private BlockTable() {}

    static Uni<Optional<Block>> find(SqlClient client, VenueId venue, String id) {
        return client.preparedQuery(BY_ID)
                .execute(Tuple.of(venue.value(), id))
                .map(rows -> blocks(rows).stream().findFirst());
    }

    /** Those that hold on some date from the first to the last. */
    static Uni<List<Block>> between(SqlClient client, VenueId venue, LocalDate first, LocalDate last) {
        return client.preparedQuery(BETWEEN)
                .execute(Tuple.of(venue.value(), first, last))
                .map(BlockTable::blocks);
    }

    /** As {@link #between}, in order of their ids, after the given one. */
    static Uni<List<Block>> page(
            SqlClient client, VenueId venue, LocalDate first, LocalDate last, String after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Tuple.of(venue.value(), first, last, after, limit))
                .map(BlockTable::blocks);
    }

    /** How many are not over before a date. */
    static Uni<Long> count(SqlClient client, VenueId venue, LocalDate from) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(venue.value(), from))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Write save(VenueId venue, Block block) {
        return Write.of(SAVE, new JsonArray().add(row(venue, block)));
    }

    static Write delete(VenueId venue, String id) {
        return Write.of(DELETE, venue.value(), id);
    }

    static Uni<Void> deleteAll(SqlClient transaction, VenueId venue) {
        return transaction
                .preparedQuery(DELETE_ALL)
                .execute(Tuple.of(venue.value()))
                .replaceWithVoid();
    }

    private static JsonObject row(VenueId venue, Block block) {
        return part(block)
                .put("venue_id", venue.value())
                .put("first_date", block.firstDate().toString())
                .put("last_date", block.lastDate().toString())
                .put("reason", block.reason().orElse(null));
    }

    private static JsonObject part(Block block) {
        return new JsonObject()
                .put("id", block.id())
                .put(
                        "from_time",
                        block.hours().map(hours -> hours.from().toString()).orElse(null))
                .put(
                        "until_time",
                        block.hours().map(hours -> hours.until().toString()).orElse(null))
                .put("area", block.area().orElse(null))
                .put("tables", new JsonArray(block.tables()))
                .put("closes", block.closes().label());
    }

    /** By position, in the order of {@link #COLUMNS}. */
    private static List<Block> blocks(RowSet<Row> rows) {
        List<Block> blocks = new ArrayList<>(rows.size());
        rows.forEach(row -> blocks.add(new Block(
                row.getString(1),
                row.getLocalDate(2),
                row.getLocalDate(3),
                Optional.ofNullable(row.getLocalTime(4)).map(from -> new Block.Hours(from, row.getLocalTime(5))),
                Optional.ofNullable(row.getString(6)),
                List.of(row.getArrayOfStrings(7)),
                Block.Closes.ofLabel(row.getString(8)),
                Optional.ofNullable(row.getString(9)))));
        return blocks;
    }

    /** What a day's row carries; null when nothing holds. */
    static JsonArray ofDay(List<Block> blocks) {
        JsonArray parts = new JsonArray();
        blocks.forEach(block -> parts.add(part(block)));
        return parts.isEmpty() ? null : parts;
    }

    static List<Block> ofDay(LocalDate date, JsonArray parts) {
        List<Block> blocks = new ArrayList<>();
        if (parts != null) {
            parts.forEach(part -> blocks.add(ofDay(date, (JsonObject) part)));
        }
        return blocks;
    }

    private static Block ofDay(LocalDate date, JsonObject part) {
        Optional<Block.Hours> hours = Optional.ofNullable(part.getString("from_time"))
                .map(from -> new Block.Hours(LocalTime.parse(from), LocalTime.parse(part.getString("until_time"))));
        List<String> tables = new ArrayList<>();
        part.getJsonArray("tables").forEach(table -> tables.add((String) table));
        return new Block(
                part.getString("id"),
                date,
                date,
                hours,
                Optional.ofNullable(part.getString("area")),
                tables,
                Block.Closes.ofLabel(part.getString("closes")),
                Optional.empty());
    }
}
