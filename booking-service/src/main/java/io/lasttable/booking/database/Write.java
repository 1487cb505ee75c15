package io.lasttable.booking.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A statement that inserts, updates or deletes.
 *
 * @param sql with parameters {@code $1}, {@code $2} and so on
 * @param parameters in their order
 * @param check an expression that fails when the statement has not done what it should, over the rows that it returns, which
 *     are called {@code written}
 */
public record Write(String sql, List<Object> parameters, Optional<String> check) {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final Pattern WRITTEN = Pattern.compile("\\bwritten\\b");

    /** By the statements that it joins; there are as many as the callers have combinations of them. */
    private static final Map<List<Write.Text>, String> JOINED = new ConcurrentHashMap<>();

    private record Text(String sql, int parameters, Optional<String> check) {}

    public static Write of(String sql, Object... parameters) {
        return new Write(sql, List.of(parameters), Optional.empty());
    }

    public Write checkedBy(String expression) {
        return new Write(sql, parameters, Optional.of(expression));
    }

    /** Fails when the check does. */
    public Uni<Void> send(SqlClient client) {
        if (check.isPresent()) {
            return joined(List.of(this)).send(client);
        }
        return client.preparedQuery(sql).execute(Tuple.from(parameters)).replaceWithVoid();
    }

    /**
     * The statements as one, since each of its own costs the client and the server a message, an answer and a turn. They see
     * the same state, none of them what another one writes, and their order is PostgreSQL's: no two may write the same row.
     */
    public static Write joined(List<Write> writes) {
        List<Object> parameters =
                writes.stream().flatMap(write -> write.parameters.stream()).toList();
        return new Write(sql(writes), parameters, Optional.empty());
    }

    private static String sql(List<Write> writes) {
        return JOINED.computeIfAbsent(
                writes.stream()
                        .map(write -> new Text(write.sql, write.parameters.size(), write.check))
                        .toList(),
                Write::join);
    }

    /** {@code with w0 as (...), w1 as (...) select check, check}. */
    private static String join(List<Text> texts) {
        List<String> parts = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        int before = 0;
        for (Text text : texts) {
            String name = "w" + parts.size();
            int offset = before;
            parts.add(name + " as (" + shifted(text.sql, offset) + ")");
            text.check.ifPresent(
                    check -> checks.add(WRITTEN.matcher(shifted(check, offset)).replaceAll(name)));
            before += text.parameters;
        }
        return "with " + String.join(",\n", parts) + "\nselect " + String.join(", ", checks);
    }

    private static String shifted(String sql, int offset) {
        return PARAMETER.matcher(sql).replaceAll(found -> "\\$" + (Integer.parseInt(found.group(1)) + offset));
    }
}
