package io.lasttable.benchmark.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A wall clock for each replica that can be stepped, as an NTP client or a resumed machine steps it; monotonic time goes on. By a few lines of C
 * before the C library ({@code wall-clock.c}), on a machine with a C compiler. libfaketime does as much and more, but each look at a clock takes a
 * lock that all processes share there: a replica took minutes to start.
 */
final class Clocks {

    private static final String SOURCE = "wall-clock.c";

    private final Path library;
    private final Path folder;

    private Clocks(Path library, Path folder) {
        this.library = library;
        this.folder = folder;
    }

    /**
     * @param folder for files of this run
     * @return empty where there is no C compiler, or {@code -Dlocal.clocks=off} wants none
     */
    static Optional<Clocks> in(Path folder) {
        if (!System.getProperty("local.clocks", "on").equals("on")) {
            return Optional.empty();
        }
        try (InputStream source = Clocks.class.getResourceAsStream(SOURCE)) {
            Path text = folder.resolve(SOURCE);
            Files.copy(source, text, StandardCopyOption.REPLACE_EXISTING);
            Path library = folder.resolve("wall-clock.so");
            return compiled(text, library) ? Optional.of(new Clocks(library, folder)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A clock cannot be made in " + folder, e);
        }
    }

    private static boolean compiled(Path source, Path library) throws IOException {
        ProcessBuilder compiler = new ProcessBuilder(
                        "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process compiling = compiler.start();
            return compiling.waitFor(1, TimeUnit.MINUTES) && compiling.exitValue() == 0;
        } catch (IOException noCompiler) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a clock was made", e);
        }
    }

    /** What a replica is started with. */
    Map<String, String> environment(String replica) {
        step(replica, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD", library.toString(), "WALL_CLOCK", file(replica).toString());
    }

    /** Sets a replica's clock so far from the machine's, at once. */
    void step(String replica, Duration ahead) {
        byte[] seconds = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(ahead.toSeconds())
                .array();
        try {
            // In place: the replica has mapped the file.
            Path written = Files.write(file(replica), seconds, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            assert written.equals(file(replica));
        } catch (IOException e) {
            throw new UncheckedIOException("The clock of " + replica + " cannot be set", e);
        }
    }

    private Path file(String replica) {
        return folder.resolve(replica + ".clock");
    }
}
