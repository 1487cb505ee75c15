package io.lasttable.local.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log, for a failure message. */
final class LogTail {

    private LogTail() {}

    static String of(Path log, int lines) {
        try {
            // Bytes that are no UTF-8 must not hide the reason of a failure.
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            List<String> all = new String(text.getBytes(StandardCharsets.ISO_8859_1), Charset.forName("UTF-8"))
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log at " + log + ": " + e.getMessage() + ")";
        }
    }
}
