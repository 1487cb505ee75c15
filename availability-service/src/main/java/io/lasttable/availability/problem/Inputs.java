package io.lasttable.availability.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the raw inputs of one request and gathers everything that is wrong with them, so that a caller learns all of it
 * at once. Call {@link #check()} before using what was read: until then a bad input is null.
 */
public final class Inputs {

    private final List<Problem.Violation> violations = new ArrayList<>();

    /** Of a query in which each of {@code known} may stand once and nothing else: a filter with a typo must not filter nothing. */
    public Inputs(Map<String, List<String>> query, List<String> known) {
        for (Map.Entry<String, List<String>> given : new TreeMap<>(query).entrySet()) {
            if (!known.contains(given.getKey())) {
                reject(pointer(given.getKey()), "is not known here" + offer(known));
            } else if (given.getValue().size() > 1) {
                reject(pointer(given.getKey()), "is given more than once");
            }
        }
    }

    public <T> T required(String pointer, String raw, String expected, Function<String, T> reader) {
        if (raw == null || raw.isBlank()) {
            reject(pointer, "is missing; expected " + expected);
            return null;
        }
        return read(pointer, raw, expected, reader);
    }

    public <T> Optional<T> optional(String pointer, String raw, String expected, Function<String, T> reader) {
        return raw == null || raw.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(read(pointer, raw, expected, reader));
    }

    public void reject(String pointer, String detail) {
        boolean added = violations.add(new Problem.Violation(pointer, detail));
        assert added;
    }

    /** Fails with every violation found so far. */
    public void check() {
        if (!violations.isEmpty()) {
            throw new ProblemException(new Problem.ValidationError(violations));
        }
    }

    public boolean sound() {
        return violations.isEmpty();
    }

    /** RFC 6901. */
    private static String pointer(String name) {
        return "/query/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String offer(List<String> known) {
        return known.isEmpty() ? ", nor is any other" : "; known are " + String.join(", ", known);
    }

    private <T> T read(String pointer, String raw, String expected, Function<String, T> reader) {
        try {
            return reader.apply(raw.trim());
        } catch (RuntimeException e) {
            reject(pointer, "expected " + expected);
            return null;
        }
    }
}
