import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes one module of those in {@code src}, for the server and for the package: {@code java Assemble.java <version> <folder of
 * what is served> <folder of the package>}. Needs no more than a JDK, so that the build needs no Node.
 *
 * <p>Modules follow each other in the order of their imports, which fall away, in one scope. That is right for what is written
 * here, and anything else is refused: imports by name of neighbours, one a line; declarations that are exported where they
 * stand; no name twice at the top of two modules. Comments on lines of their own stay in the sources: every page's first look
 * would pay a quarter of the module's bytes for them.
 */
class Assemble {

    private static final Path SOURCES = Path.of("src");
    private static final String ENTRY = "index.js";
    private static final String UNVERSIONED = "0.0.0-source";
    private static final Pattern IMPORT = Pattern.compile(
            "^import (?:\\{ [^}]+ \\} from )?'\\./([a-z-]+\\.js)';\\R", Pattern.MULTILINE);
    private static final Pattern REEXPORT =
            Pattern.compile("^export \\{ ([^}]+) \\} from '\\./([a-z-]+\\.js)';\\R", Pattern.MULTILINE);
    private static final Pattern DECLARATION =
            Pattern.compile("^(export )?((?:async )?(?:function|class|const|let)\\*? (\\w+))", Pattern.MULTILINE);
    private static final Pattern COMMENT =
            Pattern.compile("^[ \\t]*(?://.*|/\\*\\*(?s:.*?)\\*/)\\R", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER =
            Pattern.compile("^import |\\bimport\\(|^export (?!(?:async )?(?:function|class|const) )", Pattern.MULTILINE);

    private final Set<String> placed = new LinkedHashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> parts = new ArrayList<>();
    private Set<String> offered = Set.of();

    public static void main(String[] arguments) throws IOException {
        String version = arguments[0];
        String module = new Assemble().module().replace(UNVERSIONED, version);
        Path served = Files.createDirectories(Path.of(arguments[1]));
        Path packed = Files.createDirectories(Path.of(arguments[2]));
        for (Path folder : List.of(served, packed)) {
            Files.writeString(folder.resolve("client.js"), module);
            copy("client.d.ts", folder);
        }
        copy("react.js", packed);
        copy("react.d.ts", packed);
        copy("README.md", packed);
        copy("../LICENSE", packed);
        String manifest = Files.readString(Path.of("package.json")).replace(UNVERSIONED, version);
        Files.writeString(packed.resolve("package.json"), manifest);
    }

    private static void copy(String file, Path folder) throws IOException {
        Path from = Path.of(file);
        Files.copy(from, folder.resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private String module() throws IOException {
        String entry = Files.readString(SOURCES.resolve(ENTRY));
        offered = Set.of(REEXPORT.matcher(entry).results()
                .map(each -> each.group(1))
                .collect(joining(", "))
                .split(", "));
        for (MatchResult each : IMPORT.matcher(entry).results().toList()) {
            place(each.group(1));
        }
        for (MatchResult each : REEXPORT.matcher(entry).results().toList()) {
            place(each.group(2));
        }
        String opening = REEXPORT.matcher(IMPORT.matcher(entry).replaceAll("")).replaceAll("");
        String title = opening.lines().findFirst().orElseThrow();
        return title + "\n\n" + COMMENT.matcher(String.join("\n", parts)).replaceAll("");
    }

    private void place(String name) throws IOException {
        if (!placed.add(name)) {
            return;
        }
        String source = Files.readString(SOURCES.resolve(name));
        for (MatchResult each : IMPORT.matcher(source).results().toList()) {
            place(each.group(1));
        }
        String body = IMPORT.matcher(source).replaceAll("").strip() + "\n";
        if (LEFT_OVER.matcher(body).find()) {
            throw new IllegalStateException(name + " imports or exports in a way that cannot be assembled");
        }
        parts.add(DECLARATION.matcher(body).replaceAll(each -> declared(each, name)));
    }

    private String declared(MatchResult declaration, String module) {
        if (!names.add(declaration.group(3))) {
            throw new IllegalStateException(declaration.group(3) + " in " + module + " is the name of something else too");
        }
        return (offered.contains(declaration.group(3)) ? "export " : "") + declaration.group(2);
    }
}
