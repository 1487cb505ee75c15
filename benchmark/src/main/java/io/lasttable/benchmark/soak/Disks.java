package io.lasttable.benchmark.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file system each for PostgreSQL and Kafka, which can be filled. Only where this process has its mounts for itself
 * ({@code unshare --map-root-user --mount ./mvnw ...}): nothing is mounted on anybody's machine.
 */
final class Disks {

    private static final String SIZE = "2g";
    private static final List<String> SERVERS = List.of("postgres", "kafka");
    private static final byte[] BLOCK = new byte[1 << 16];

    private final Path data;

    private Disks(Path data) {
        this.data = data;
    }

    /** A user namespace of its own has mounts of its own; one whose ids are the machine's is the machine. */
    static boolean arePossible() {
        try {
            return !Files.readString(Path.of("/proc/self/uid_map")).trim().matches("0\\s+0\\s+4294967295");
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Makes them beneath the folder. */
    static Disks mount(Path data) {
        for (String server : SERVERS) {
            try {
                Path folder = Files.createDirectories(data.resolve(server));
                run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + SIZE, "tmpfs", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Disks(data);
    }

    /** Until there is no room for another byte. */
    void fill(String server) throws IOException {
        try (OutputStream file = Files.newOutputStream(filler(server))) {
            while (true) {
                file.write(BLOCK);
            }
        } catch (IOException full) {
            if (!Files.exists(filler(server))) {
                throw full;
            }
        }
    }

    void free(String server) throws IOException {
        Files.deleteIfExists(filler(server));
    }

    private Path filler(String server) {
        return data.resolve(server).resolve("filler");
    }

    void unmount() {
        SERVERS.forEach(server -> run("umount", "--lazy", data.resolve(server).toString()));
    }

    private static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
