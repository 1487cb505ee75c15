package io.lasttable.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A real PostgreSQL server as a child process, on loopback; user {@code postgres}, no password asked.
 *
 * <p>Commits do not wait for the disk unless {@link #startDurable} is used: fast for tests, and a server that is killed may
 * lose what it committed last.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** For a directory that a killed server has left. */
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts on a free port with a data directory of its own that is removed on close. */
    public static EmbeddedDatabase start() {
        return start(settings(EmbeddedPostgres.builder(), false));
    }

    /** Starts on {@code port}, keeping its data in {@code directory} over restarts. */
    public static EmbeddedDatabase start(Path directory, int port) {
        return start(settings(kept(directory, port), false));
    }

    /** As {@link #start(Path, int)} with {@code fsync} and {@code synchronous_commit} on, as in production. */
    public static EmbeddedDatabase startDurable(Path directory, int port) {
        return start(settings(kept(directory, port), true));
    }

    /** As {@link #start()}, for clients that want TLS too; the files are read again when the server's settings are. */
    static EmbeddedDatabase startWithTls(Path certificate, Path key) {
        return start(settings(EmbeddedPostgres.builder(), false)
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", key.toString()));
    }

    public int port() {
        return postgres.getPort();
    }

    /** Creates the database when it does not exist yet. */
    public void createDatabase(String name) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                int none = create.executeUpdate("create database \"" + name.replace("\"", "\"\"") + "\"");
                assert none == 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL on port " + port() + " did not stop", e);
        }
    }

    private static EmbeddedPostgres.Builder kept(Path directory, int port) {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(RECOVERY)
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port);
    }

    private static EmbeddedPostgres.Builder settings(EmbeddedPostgres.Builder builder, boolean durable) {
        return builder.setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("fsync", durable ? "on" : "off")
                .setServerConfig("synchronous_commit", durable ? "on" : "off")
                .setServerConfig("full_page_writes", durable ? "on" : "off")
                .setServerConfig("listen_addresses", "127.0.0.1");
    }

    private static EmbeddedDatabase start(EmbeddedPostgres.Builder builder) {
        try {
            return new EmbeddedDatabase(builder.start());
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException("PostgreSQL did not start: " + e.getMessage(), e);
        }
    }
}
