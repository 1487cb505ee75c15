package io.lasttable.benchmark.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock for each replica that can be stepped, as an NTP client or a resumed machine steps it; monotonic time goes on. By <a
 * href="https://github.com/wolfcw/libfaketime">libfaketime</a> (Debian's package {@code faketime}), when {@code -Dlocal.clocks=on} asks for it: each
 * look at a clock takes a microsecond or two then.
 */
final class Clocks {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib64/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/faketime/libfaketime.so.1"));

    private final Path library;
    private final Path folder;

    private Clocks(Path library, Path folder) {
        this.library = library;
        this.folder = folder;
    }

    /** @param folder for files of this run */
    static Optional<Clocks> in(Path folder) {
        return Stream.of(System.getProperty("local.clocks", "off"))
                .filter("on"::equals)
                .flatMap(asked -> LIBRARIES.stream())
                .filter(Files::isReadable)
                .findFirst()
                .map(library -> new Clocks(library, folder));
    }

    /** What a replica is started with. */
    Map<String, String> environment(String replica) {
        step(replica, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file(replica).toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    /** Sets a replica's clock so far from the machine's, within a second. */
    void step(String replica, Duration ahead) {
        try {
            Path fresh = Files.writeString(
                    folder.resolve(replica + ".clock.new"), String.format("%+d%n", ahead.toSeconds()));
            Path moved = Files.move(fresh, file(replica), StandardCopyOption.ATOMIC_MOVE);
            assert moved.equals(file(replica));
        } catch (IOException e) {
            throw new UncheckedIOException("The clock of " + replica + " cannot be set", e);
        }
    }

    private Path file(String replica) {
        return folder.resolve(replica + ".clock");
    }
}
