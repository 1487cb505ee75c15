import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes what is served of the pages' sources: {@code java Build.java <version> <folder of what is served> <folder of the package>}.
 * Needs no more than a JDK.
 *
 * <p>The modules that a page needs are joined into one, each in a function of its own, since that halves what a first look waits for and takes a
 * quarter of its bytes. What comes from the platform ({@code /v1/live/client.js}) and what is loaded when it is needed (languages) stays a module.
 * What it cannot join it refuses: exports that are no declarations, imports from elsewhere, circles.
 *
 * <p>All of it stands under one folder named by its contents, so that a browser keeps it for good and no two versions of it ever meet in a page. The
 * few addresses that stay the same, the pages and the widget's script, name that folder.
 */
class Build {

    private static final Path SOURCES = Path.of("src/pages");
    private static final Path STANDING = Path.of("src/standing");

    /** What is joined, and under which name: beside what it finds by its own address, such as the languages. */
    private static final Map<String, String> JOINED = Map.of(
            "common/guest.js", "guest/app.js",
            "common/host.js", "host/staff.js",
            "common/setup.js", "setup/setup.js",
            "common/status.js", "status/status.js",
            "common/widget.js", "widget/widget.js");

    /** What the host's page loads when it is wanted, with the page's own modules. */
    private static final Map<String, String> PARTS =
            Map.of(
            "common/tables.js", "host/tables.js",
            "common/take.js", "host/take.js",
            "common/floor.js", "host/floor.js",
            "common/blocks.js", "host/blocks.js",
            "common/about.js", "host/about.js");

    private static final Pattern SERVED_AS_IS = Pattern.compile("\\w+/words/\\w+\\.js|common/[^/]+\\.(css|svg)");
    private static final String BOOT = "common/boot.js";
    private static final String UNVERSIONED = "0.0.0-source";
    private static final int HASH_CHARACTERS = 16;

    /** On lines of their own: they are for whoever reads the sources. */
    private static final Pattern COMMENT =
            Pattern.compile("^[ \\t]*(?://.*|/\\*\\*(?s:.*?)\\*/)\\R", Pattern.MULTILINE);

    /** Behind code. */
    private static final Pattern REMARK = Pattern.compile("(?<=[;{}(),]) // .*$", Pattern.MULTILINE);

    private static final Pattern STYLE_COMMENT = Pattern.compile("/\\*(?s:.*?)\\*/");

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:\\{ ([^}]+) \\}|\\* as (\\w+)|(\\w+)) from '([^']+)';\\R", Pattern.MULTILINE);
    private static final Pattern IMPORTED_FOR_ITSELF = Pattern.compile("^import '|^export (?:\\{|\\*|let )", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?(?:function|class|const)\\*? ([\\w$]+))", Pattern.MULTILINE);
    private static final String DEFAULT = "export default ";

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final String folder;

    private Build() throws IOException, NoSuchAlgorithmException {
        for (Path file : filesIn(SOURCES)) {
            sources.put(SOURCES.relativize(file).toString().replace('\\', '/'), bare(file));
        }
        sources.forEach((name, text) -> {
            if (SERVED_AS_IS.matcher(name).matches()) {
                files.put(name, text);
            }
        });
        for (Map.Entry<String, String> joined : JOINED.entrySet()) {
            files.put(joined.getKey(), new Join(Set.of()).of(joined.getValue()));
        }
        Join host = new Join(Set.of());
        String page = host.of(JOINED.get("common/host.js"));
        files.put("common/host.js", page + "export { " + host.names() + " };\n");
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            files.put(part.getKey(), new Join(host.placed.keySet()).of(part.getValue()));
        }
        files.put(BOOT, new Join(Set.of()).of(BOOT));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        files.forEach((name, text) -> digest.update((name + '\n' + text).getBytes(UTF_8)));
        folder = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
    }

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        Build build = new Build();
        Path packed = Path.of(arguments[2]);
        for (Path to : List.of(Path.of(arguments[1]), packed)) {
            clear(to);
            build.write(to);
        }
        for (Path file : List.of(Path.of("README.md"), Path.of("../LICENSE"))) {
            write(packed, file.getFileName().toString(), Files.readString(file));
        }
        write(packed, "package.json", Files.readString(Path.of("package.json")).replace(UNVERSIONED, arguments[0]));
    }

    private void write(Path to) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(to, folder + '/' + file.getKey(), file.getValue());
        }
        for (Path file : filesIn(STANDING)) {
            write(to, file.getFileName().toString(), Files.readString(file).replace("{build}", folder));
        }
    }

    /** One module of many. */
    private final class Join {

        private final Map<String, String> placed = new LinkedHashMap<>();
        private final Map<String, Set<String>> external = new TreeMap<>();
        private final List<String> open = new ArrayList<>();
        private final Set<String> given;

        /** @param given modules that the host's page has joined and exports */
        Join(Set<String> given) {
            this.given = given;
        }

        String names() {
            return placed.keySet().stream().map(Join::nameOf).collect(joining(", "));
        }

        String of(String entry) {
            String body = body(entry);
            String imports = external.entrySet().stream()
                    .map(each -> "import { " + String.join(", ", each.getValue()) + " } from '" + each.getKey() + "';\n")
                    .collect(joining());
            return imports + String.join("", placed.values()) + body;
        }

        /** The module's own statements, once all that it imports has been placed before it. */
        private String body(String module) {
            String source = sources.get(module);
            if (source == null || open.contains(module) || IMPORTED_FOR_ITSELF.matcher(source).find()) {
                throw new IllegalStateException(module + " is missing, imports itself, or cannot be joined");
            }
            open.add(module);
            String body = IMPORT.matcher(source)
                    .replaceAll(found -> Matcher.quoteReplacement(imported(module, found)));
            open.remove(module);
            return body;
        }

        private String imported(String by, MatchResult found) {
            String from = found.group(4);
            if (from.startsWith("/")) {
                external.computeIfAbsent(from, none -> new TreeSet<>())
                        .addAll(List.of(found.group(1).split(", ")));
                return "";
            }
            String module = Path.of(by).resolveSibling(from).normalize().toString().replace('\\', '/');
            if (given.contains(module)) {
                external.computeIfAbsent("./host.js", none -> new TreeSet<>()).add(nameOf(module));
            } else if (!placed.containsKey(module)) {
                String wrapped = wrapped(module);
                placed.put(module, wrapped);
            }
            String name = nameOf(module);
            if (found.group(2) != null) {
                return "const " + found.group(2) + " = " + name + ";\n";
            }
            return found.group(1) == null
                    ? "const " + found.group(3) + " = " + name + ".standard;\n"
                    : "const { " + found.group(1).replace(" as ", ": ") + " } = " + name + ";\n";
        }

        private String wrapped(String module) {
            String body = body(module);
            Set<String> offered = new TreeSet<>();
            String plain = EXPORT.matcher(body).replaceAll(each -> {
                offered.add(each.group(2));
                return Matcher.quoteReplacement(each.group(1));
            });
            if (plain.contains(DEFAULT)) {
                plain = plain.replace(DEFAULT, "const standard = ");
                offered.add("standard");
            }
            return "const " + nameOf(module) + " = (() => {\n" + plain + "return { " + String.join(", ", offered) + " };\n})();\n";
        }

        private static String nameOf(String module) {
            return '$' + module.replace(".js", "").replace('/', '_');
        }
    }

    /** Without comments and indentation; that changes nothing where no text spans lines. */
    private static String bare(Path file) throws IOException {
        String text = Files.readString(file);
        if (file.toString().endsWith(".css")) {
            return STYLE_COMMENT.matcher(text).replaceAll("").lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining("\n"));
        }
        if (!file.toString().endsWith(".js")) {
            return text;
        }
        String remarked = COMMENT.matcher(text).replaceAll("");
        if (REMARK.matcher(remarked).results().anyMatch(found -> isInText(remarked, found.start()))) {
            throw new IllegalStateException(file + " has a text with what looks like a remark");
        }
        String code = REMARK.matcher(remarked).replaceAll("");
        if (code.lines().anyMatch(line -> line.chars().filter(c -> c == '`').count() % 2 != 0)) {
            throw new IllegalStateException(file + " has a text that spans lines");
        }
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining("\n", "", "\n"));
    }

    /** Whether a text that has begun on its line has not come to its end there. */
    private static boolean isInText(String code, int place) {
        String before = code.substring(code.lastIndexOf('\n', place) + 1, place);
        return "'\"`".chars().anyMatch(quote -> before.chars().filter(c -> c == quote).count() % 2 != 0);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : filesIn(folder)) {
                Files.delete(file);
            }
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
