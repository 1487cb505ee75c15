package io.lasttable.booking.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The fields of one JSON object, read strictly: each mistake is noted with its JSON pointer (RFC 6901) and reading goes
 * on, so that a caller learns of all of them at once. A field that was never asked for is a mistake as well.
 *
 * <p>Where a field is wrong the reader returns a harmless stand-in; nothing read may be used before {@link Mistakes} has
 * been found empty.
 */
public final class Fields {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);

    private final JsonNode object;
    private final String pointer;
    private final Mistakes mistakes;
    private final Set<String> asked = new LinkedHashSet<>();

    public Fields(JsonNode object, String pointer, Mistakes mistakes) {
        this.object = object;
        this.pointer = pointer;
        this.mistakes = mistakes;
        if (!object.isObject()) {
            mistakes.add(pointer, "must be an object");
        }
    }

    public boolean has(String name) {
        JsonNode node = object.get(name);
        return node != null && !node.isNull();
    }

    /** Whether the field is there and null, which in a merge patch (RFC 7396) means: remove it. */
    public boolean isNull(String name) {
        boolean there = object.hasNonNull(name) || object.get(name) == null;
        if (!there) {
            asked.add(name);
        }
        return !there;
    }

    /** Notes a mistake at a field. */
    public void refuse(String name, String detail) {
        asked.add(name);
        mistakes.add(at(name), detail);
    }

    public String text(String name, int maxLength) {
        return optionalText(name, maxLength).orElseGet(() -> missing(name, ""));
    }

    /** A text by the rules of {@link Text}; a form's line breaks (CR LF) are read as line feeds. */
    public Optional<String> optionalText(String name, int maxLength) {
        return node(name).flatMap(node -> {
            if (!node.isTextual()) {
                return wrong(name, "must be a string");
            }
            String text = node.textValue().replace("\r\n", "\n");
            Optional<String> mistake = Text.mistake(text, maxLength);
            return mistake.isEmpty() ? Optional.of(text) : wrong(name, mistake.get());
        });
    }

    /** A text with a form of its own. */
    public <T> Optional<T> optional(String name, int maxLength, Function<String, Optional<T>> read, String rule) {
        return optionalText(name, maxLength).flatMap(text -> {
            Optional<T> value = read.apply(text);
            return value.isPresent() ? value : wrong(name, rule);
        });
    }

    public int integer(String name, int min, int max) {
        return optionalInteger(name, min, max).orElseGet(() -> missing(name, min));
    }

    public Optional<Integer> optionalInteger(String name, int min, int max) {
        return node(name)
                .flatMap(node -> node.isIntegralNumber()
                                && node.canConvertToInt()
                                && node.intValue() >= min
                                && node.intValue() <= max
                        ? Optional.of(node.intValue())
                        : wrong(name, "must be an integer from " + min + " to " + max));
    }

    public double number(String name, double min, double max) {
        return node(name)
                .flatMap(node -> node.isNumber() && node.doubleValue() >= min && node.doubleValue() <= max
                        ? Optional.of(node.doubleValue())
                        : this.<Double>wrong(name, "must be a number from " + min + " to " + max))
                .orElseGet(() -> missing(name, min));
    }

    public Optional<Boolean> optionalBool(String name) {
        return node(name)
                .flatMap(node ->
                        node.isBoolean() ? Optional.of(node.booleanValue()) : wrong(name, "must be true or false"));
    }

    public LocalDate date(String name) {
        return parsed(name, LocalDate::parse, "must be a date such as 2026-11-28")
                .filter(date -> within(name, date))
                .orElseGet(() -> missing(name, LocalDate.EPOCH));
    }

    public LocalTime time(String name) {
        return optionalTime(name).orElseGet(() -> missing(name, LocalTime.MIDNIGHT));
    }

    public Optional<LocalTime> optionalTime(String name) {
        return parsed(name, text -> LocalTime.parse(text, TIME), "must be a time such as 19:00");
    }

    public Optional<Instant> optionalInstant(String name) {
        return parsed(name, Instant::parse, "must be an instant such as 2026-11-28T20:30:00Z")
                .filter(instant -> within(name, LocalDate.ofInstant(instant, ZoneOffset.UTC)));
    }

    /** An ISO 8601 duration of whole minutes within the bounds. */
    public Duration duration(String name, Duration min, Duration max) {
        return optionalDuration(name, min, max).orElseGet(() -> missing(name, min));
    }

    /** As {@link #duration}, but it may be left out. */
    public Optional<Duration> optionalDuration(String name, Duration min, Duration max) {
        return parsed(name, Duration::parse, "must be an ISO 8601 duration such as PT1H30M")
                .flatMap(duration ->
                        duration.compareTo(min) < 0 || duration.compareTo(max) > 0 || duration.toSeconds() % 60 != 0
                                ? this.<Duration>wrong(name, "must be whole minutes from " + min + " to " + max)
                                : Optional.of(duration));
    }

    /** Reads an array, each element with its own pointer; absent counts as empty. */
    public <T> List<T> array(String name, int maxLength, Function<Element, T> read) {
        JsonNode array = node(name).orElse(null);
        List<T> values = new ArrayList<>();
        if (array == null) {
            return values;
        }
        if (!array.isArray() || array.size() > maxLength) {
            mistakes.add(at(name), "must be an array of at most " + maxLength);
            return values;
        }
        for (int i = 0; i < array.size(); i++) {
            values.add(read.apply(new Element(array.get(i), at(name) + "/" + i, mistakes)));
        }
        return values;
    }

    /** The strings of an object, whatever their names; absent counts as none. */
    public Map<String, String> strings(String name, int most, int nameLength, int valueLength) {
        Map<String, String> strings = new TreeMap<>();
        each(name, most, nameLength, (key, value) -> strings.put(key, value.text(valueLength)));
        return strings;
    }

    /** As {@link #strings}, absent what is null. */
    public Map<String, Optional<String>> stringsOrNull(String name, int most, int nameLength, int valueLength) {
        Map<String, Optional<String>> strings = new TreeMap<>();
        each(
                name,
                most,
                nameLength,
                (key, value) -> strings.put(
                        key, value.node().isNull() ? Optional.empty() : Optional.of(value.text(valueLength))));
        return strings;
    }

    private void each(String name, int most, int nameLength, BiConsumer<String, Element> read) {
        JsonNode object = node(name).orElse(null);
        if (object == null) {
            return;
        }
        if (!object.isObject() || object.size() > most) {
            mistakes.add(at(name), "must be an object of at most " + most + " strings");
            return;
        }
        object.fields().forEachRemaining(field -> {
            Element value = new Element(field.getValue(), at(name) + "/" + escaped(field.getKey()), mistakes);
            Text.mistake(field.getKey(), nameLength)
                    .ifPresent(wrong -> mistakes.add(value.pointer(), "its name " + wrong));
            read.accept(field.getKey(), value);
        });
    }

    public Optional<Fields> object(String name) {
        return node(name).map(node -> new Fields(node, at(name), mistakes));
    }

    /** Notes every field that nobody asked for. */
    public void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                mistakes.add(at(name), "unknown field; known: " + String.join(", ", asked));
            }
        });
    }

    public String at(String name) {
        return pointer + "/" + escaped(name);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private boolean within(String name, LocalDate date) {
        boolean within = date.getYear() >= 2000 && date.getYear() <= 2999;
        if (!within) {
            mistakes.add(at(name), "must be a date from 2000 to 2999");
        }
        return within;
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parse, String rule) {
        return node(name).flatMap(node -> {
            try {
                return node.isTextual() ? Optional.of(parse.apply(node.textValue())) : wrong(name, rule);
            } catch (DateTimeException | ArithmeticException e) {
                return wrong(name, rule);
            }
        });
    }

    private Optional<JsonNode> node(String name) {
        boolean first = asked.add(name);
        return (first || has(name)) && has(name) ? Optional.of(object.get(name)) : Optional.empty();
    }

    private <T> Optional<T> wrong(String name, String rule) {
        mistakes.add(at(name), rule);
        return Optional.empty();
    }

    private <T> T missing(String name, T standIn) {
        if (!has(name)) {
            mistakes.add(at(name), "is required");
        }
        return standIn;
    }

    /** One element of an array. */
    public record Element(JsonNode node, String pointer, Mistakes mistakes) {

        public Fields fields() {
            return new Fields(node, pointer, mistakes);
        }

        public String text(int maxLength) {
            Optional<String> mistake =
                    node.isTextual() ? Text.mistake(node.textValue(), maxLength) : Optional.of("must be a string");
            mistake.ifPresent(detail -> mistakes.add(pointer, detail));
            return mistake.isPresent() ? "" : node.textValue();
        }
    }
}
