package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that hold what is expected. Run with {@code -Dgolden.update=true} to write them anew, and review the difference
 * as part of the change.
 */
final class Golden {

    private Golden() {}

    /** @param path relative to the chart's folder */
    static void assertUnchanged(String path, String actual) {
        Path file = Chart.FOLDER.resolve(path);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Path written = Files.writeString(file, actual);
                assertThat(written).exists();
            }
            assertThat(actual)
                    .as(
                            "%s is out of date; if the change is meant: ./mvnw -pl helm -am test -Dgolden.update=true",
                            path)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
