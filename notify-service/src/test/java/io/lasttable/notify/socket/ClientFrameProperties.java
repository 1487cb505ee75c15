package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Frames that nobody meant: each is something, and none a fault of ours. {@code -Djqwik.tries.default} sends more. */
class ClientFrameProperties {

    @Property
    void anyTextIsAFrameOrABadOne(@ForAll String text) {
        assertThat(ClientFrames.parse(text)).isNotNull();
    }

    @Property
    void aFrameThatHasBeenTamperedWithIsAFrameOrABadOne(@ForAll("tampered") String text) {
        assertThat(ClientFrames.parse(text)).isNotNull();
    }

    @Property
    void howDeepItGoesDoesNotMatter(@ForAll("deep") String text) {
        assertThat(ClientFrames.parse(text)).isInstanceOf(ClientFrame.Bad.class);
    }

    @Provide
    Arbitrary<String> tampered() {
        Arbitrary<String> frame = Arbitraries.of(frames());
        Arbitrary<String> odd = Arbitraries.of(
                "",
                "\"",
                "{",
                "}",
                "[",
                "null",
                "-1",
                "1e999",
                "99999999999999999999",
                "\\u0000",
                "\\ud800",
                "\u0000",
                ",");
        return Combinators.combine(
                        frame,
                        odd,
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 12))
                .as((text, piece, where, lost) -> {
                    int from = (int) (where * text.length());
                    return text.substring(0, from) + piece + text.substring(Math.min(text.length(), from + lost));
                });
    }

    @Provide
    Arbitrary<String> deep() {
        return Combinators.combine(
                        Arbitraries.of("[", "{\"op\":", "{\"ref\":["),
                        Arbitraries.integers().between(1, 3_000))
                .as(String::repeat);
    }

    private static List<String> frames() {
        try (var files = Files.list(Path.of("contract/frames"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("client-"))
                    .sorted()
                    .map(ClientFrameProperties::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
