package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request of a load, as a line of a file.
 *
 * @param label its answers are counted under this name
 * @param path may name what an earlier answer gave: {@code {r7}} is the id that the request {@code as} r7 was given
 * @param atMillis when it is due, from the start of the load; ignored by loads without a timetable
 * @param as remembers the {@code id} of its answer under this name; empty for none
 */
record Request(
        String label,
        String method,
        String path,
        String body,
        Map<String, String> headers,
        double atMillis,
        String as) {

    static Request parse(String line) {
        JsonObject json = new JsonObject(line);
        return new Request(
                json.getString("label", json.getString("method")),
                json.getString("method"),
                json.getString("path"),
                json.getString("body", ""),
                json.getJsonObject("headers", new JsonObject()).stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().toString())),
                json.getDouble("at", 0.0),
                json.getString("as", ""));
    }

    /** The path with what is remembered put in; empty when that is not known. */
    Optional<String> path(Map<String, String> remembered) {
        int from = path.indexOf('{');
        if (from < 0) {
            return Optional.of(path);
        }
        int to = path.indexOf('}', from);
        return Optional.ofNullable(remembered.get(path.substring(from + 1, to)))
                .map(id -> path.substring(0, from) + id + path.substring(to + 1));
    }
}
