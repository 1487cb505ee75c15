package io.lasttable.local.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that watch tokens are signed with, kept beside the data so that a watch token outlives a restart. */
public final class WatchTokenKey {

    private static final int BYTES = 32;

    private WatchTokenKey() {}

    public static String loadOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Path written = Files.writeString(file, Base64.getEncoder().encodeToString(secret));
                assert written.equals(file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The watch token key " + file + " cannot be read or written", e);
        }
    }
}
