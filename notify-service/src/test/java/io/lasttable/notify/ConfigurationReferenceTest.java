package io.lasttable.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of settings in the docs is made from {@link NotifyConfig}: its doc comments, defaults and names. With
 * {@code -Dreference=write} this test writes it; otherwise it fails when the two differ.
 */
class ConfigurationReferenceTest {

    private static final Path SOURCE = Path.of("src/main/java/io/lasttable/notify/NotifyConfig.java");
    private static final Path REFERENCE = Path.of("../docs/live-configuration.md");
    private static final String BEGIN = "<!-- generated from NotifyConfig: begin -->\n";
    private static final String END = "<!-- end -->\n";
    private static final Pattern ENTRY =
            Pattern.compile("(?s)\\n    interface (?<group>\\w+) \\{|/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s+"
                    + "(?:@WithDefault\\(\"(?<default>[^\"]*)\"\\)\\s+)?"
                    + "(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:[\\w<>]|@\\w+\\([^)]*\\)\\s)+ (?<name>\\w+)\\(\\);");

    @Test
    void theReferenceInTheDocsIsUpToDate() throws IOException {
        String written = Files.readString(REFERENCE);
        int from = written.indexOf(BEGIN) + BEGIN.length();
        int to = written.indexOf(END);
        String upToDate = written.substring(0, from) + table(Files.readString(SOURCE)) + written.substring(to);
        if (System.getProperty("reference", "").equals("write")) {
            assertThat(Files.writeString(REFERENCE, upToDate)).exists();
        }
        assertThat(Files.readString(REFERENCE))
                .as("run this test with -Dreference=write")
                .isEqualTo(upToDate);
    }

    private static String table(String source) {
        StringBuilder table = new StringBuilder("| setting | default | meaning |\n| --- | --- | --- |\n");
        Matcher entry = ENTRY.matcher(source);
        String group = "";
        while (entry.find()) {
            if (entry.group("group") != null) {
                group = kebab(entry.group("group")) + ".";
            } else {
                String key = "lasttable." + group + kebab(entry.group("name"));
                String standard = entry.group("default") == null ? "" : "`" + entry.group("default") + "`";
                table.append("| `%s` | %s | %s |\n".formatted(key, standard, text(entry.group("doc"))));
            }
        }
        return table.toString();
    }

    /** The comment without its stars and without the sentence on the default, which has a column of its own. */
    private static String text(String doc) {
        return doc.replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceFirst("Default [^.]*(?:\\.\\S[^.]*)*\\.\\s*$", "")
                .strip();
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
