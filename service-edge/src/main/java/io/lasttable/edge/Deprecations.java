package io.lasttable.edge;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The operations that an OpenAPI document marks {@code deprecated}, and what their answers say of it (RFC 9745, RFC 8594). Such an
 * operation has {@code x-deprecated-since}, {@code x-sunset} at least twelve months later, and in {@code externalDocs} the address of
 * what to do instead: docs/policy.md.
 */
final class Deprecations {

    private static final String MARK = "deprecated: true";
    private static final int SHORTEST_MONTHS = 12;
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    /** Values of the headers {@code Deprecation}, {@code Sunset} and {@code Link}. */
    record Notice(String deprecation, String sunset, String link) {}

    private record Described(Pattern path, int parameters, Map<String, Notice> notices) {}

    private final List<Described> paths;

    private Deprecations(List<Described> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Costs nothing as long as a document marks nothing. Throws for a mark that lacks what belongs to it. */
    static Deprecations in(String document) {
        List<Described> paths = new ArrayList<>();
        if (document.contains(MARK)) {
            Map<?, ?> whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
            map(whole, "paths").forEach((path, item) -> paths.add(described(path.toString(), (Map<?, ?>) item)));
        }
        paths.sort(Comparator.comparing(Described::parameters));
        return new Deprecations(paths);
    }

    boolean areNone() {
        return paths.stream().allMatch(path -> path.notices().isEmpty());
    }

    /** What is said of an operation; of two paths that fit, the one with fewer parameters counts. */
    Optional<Notice> of(String method, String path) {
        String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return paths.stream()
                .filter(described -> described.path().matcher(path).matches())
                .findFirst()
                .flatMap(described -> Optional.ofNullable(described.notices().get(key)));
    }

    private static Described described(String path, Map<?, ?> item) {
        String pattern = Stream.of(path.split("/"))
                .map(segment -> segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        Map<String, Notice> notices = item.entrySet().stream()
                .filter(each -> each.getValue() instanceof Map<?, ?> operation
                        && Boolean.TRUE.equals(operation.get("deprecated")))
                .collect(Collectors.toMap(
                        each -> each.getKey().toString(),
                        each -> notice(each.getKey() + " " + path, (Map<?, ?>) each.getValue())));
        return new Described(Pattern.compile(pattern), path.split("\\{", -1).length - 1, notices);
    }

    private static Notice notice(String name, Map<?, ?> operation) {
        LocalDate since = date(name, operation, "x-deprecated-since");
        LocalDate sunset = date(name, operation, "x-sunset");
        Object link = map(operation, "externalDocs").get("url");
        if (link == null || sunset.isBefore(since.plusMonths(SHORTEST_MONTHS))) {
            throw new IllegalStateException(name + " is deprecated: it needs externalDocs with what to do instead,"
                    + " and an x-sunset that is twelve months after x-deprecated-since at least");
        }
        return new Notice(
                "@" + since.atStartOfDay(ZoneOffset.UTC).toEpochSecond(),
                HTTP_DATE.format(sunset.atStartOfDay(ZoneOffset.UTC)),
                "<" + link + ">; rel=\"deprecation\"");
    }

    private static LocalDate date(String name, Map<?, ?> operation, String member) {
        Object value = operation.get(member);
        if (value == null) {
            throw new IllegalStateException(name + " is deprecated and has no " + member);
        }
        return value instanceof Date read
                ? LocalDate.ofInstant(read.toInstant(), ZoneOffset.UTC)
                : LocalDate.parse(value.toString());
    }

    private static Map<?, ?> map(Map<?, ?> of, String member) {
        return of.get(member) instanceof Map<?, ?> found ? found : Map.of();
    }
}
