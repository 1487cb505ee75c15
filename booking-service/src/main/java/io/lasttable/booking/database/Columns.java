package io.lasttable.booking.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table's columns and their types, said once: what inserts, overwrites and reads rows is made of it. */
public final class Columns {

    private final Map<String, String> types = new LinkedHashMap<>();

    private Columns() {}

    /** @param list as in {@code "venue_id text, id uuid"} */
    public static Columns of(String list) {
        Columns columns = new Columns();
        Stream.of(list.split(",")).map(String::strip).forEach(column -> {
            int space = column.indexOf(' ');
            String before = columns.types.put(column.substring(0, space), column.substring(space + 1));
            assert before == null;
        });
        return columns;
    }

    /** {@code r.venue_id, r.id}. */
    public String from(String alias) {
        return each(name -> alias + "." + name);
    }

    /** Each column as an expression makes it of its name. */
    public String each(UnaryOperator<String> expression) {
        return types.keySet().stream().map(expression).collect(Collectors.joining(", "));
    }

    /** Inserts the rows of a JSON array, the statement's first parameter; a condition or an order may follow. */
    public String insertInto(String table) {
        String names = each(name -> name);
        String typed = types.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
        return "insert into " + table + " (" + names + ") select " + names + " from jsonb_to_recordset($1) as new("
                + typed + ")";
    }

    /** Overwrites columns of a row that is there already. */
    public static String overwriting(String... names) {
        return Stream.of(names).map(name -> name + " = excluded." + name).collect(Collectors.joining(", "));
    }
}
