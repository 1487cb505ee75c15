package io.lasttable.booking.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

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

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()./-]+");

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

    /** A text of 1 to {@code maxLength} characters without control characters (line breaks are allowed). */
    public Optional<String> optionalText(String name, int maxLength) {
        return node(name).flatMap(node -> {
            if (!node.isTextual()) {
                return wrong(name, "must be a string");
            }
            String text = node.textValue();
            if (text.isBlank() || text.length() > maxLength) {
                return wrong(name, "must have 1 to " + maxLength + " characters");
            }
            if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
                return wrong(name, "must not contain control characters");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                return wrong(name, "must be valid Unicode");
            }
            return Optional.of(text);
        });
    }

    /** An address that mail could be sent to; whether anybody reads it is not known. */
    public Optional<String> optionalEmail(String name) {
        return optionalText(name, 254)
                .flatMap(text -> EMAIL.matcher(text).matches()
                        ? Optional.of(text)
                        : wrong(name, "must be an e-mail address such as ada@example.com"));
    }

    /** A telephone number as people write it: 4 to 20 digits, {@code +} in front, spaces and {@code ()-./} between. */
    public Optional<String> optionalPhone(String name) {
        return optionalText(name, 40)
                .flatMap(text -> PHONE.matcher(text).matches() && digits(text) >= 4 && digits(text) <= 20
                        ? Optional.of(text)
                        : wrong(name, "must be a telephone number such as +33 1 23 45 67 89"));
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
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
        return parsed(name, text -> LocalTime.parse(text, TIME), "must be a time such as 19:00")
                .orElseGet(() -> missing(name, LocalTime.MIDNIGHT));
    }

    public Optional<Instant> optionalInstant(String name) {
        return parsed(name, Instant::parse, "must be an instant such as 2026-11-28T20:30:00Z")
                .filter(instant -> within(name, LocalDate.ofInstant(instant, ZoneOffset.UTC)));
    }

    /** An ISO 8601 duration of whole minutes within the bounds. */
    public Duration duration(String name, Duration min, Duration max) {
        return parsed(name, Duration::parse, "must be an ISO 8601 duration such as PT1H30M")
                .flatMap(duration ->
                        duration.compareTo(min) < 0 || duration.compareTo(max) > 0 || duration.toSeconds() % 60 != 0
                                ? this.<Duration>wrong(name, "must be whole minutes from " + min + " to " + max)
                                : Optional.of(duration))
                .orElseGet(() -> missing(name, min));
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
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
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
            if (!node.isTextual()
                    || node.textValue().isBlank()
                    || node.textValue().length() > maxLength) {
                mistakes.add(pointer, "must be a string of 1 to " + maxLength + " characters");
                return "";
            }
            return node.textValue();
        }
    }
}
