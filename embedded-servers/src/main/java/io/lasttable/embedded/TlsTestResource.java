package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL and Kafka that speak TLS, found by the application under the settings that the chart gives it with
 * {@code database.tls.mode: verify-full}, {@code kafka.securityProtocol: SSL} and a CA of one's own. The test may let the
 * database show another certificate; its field of this type is filled.
 *
 * <p>Init arguments: {@code database}, its name; {@code topics}, names to create, separated by commas; {@code mode}, that of
 * {@code database.tls.mode} (default {@code verify-full}).
 */
public final class TlsTestResource implements QuarkusTestResourceLifecycleManager {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOST = "localhost";
    private static final String CERTIFICATE = "server.crt";
    private static final String KEY = "server.key";

    private String databaseName = "lasttable";
    private String mode = "verify-full";
    private List<String> topics = List.of();
    private Path directory;
    private ServerCertificate itself;
    private ServerCertificate renamed;
    private Path authorities;
    private EmbeddedDatabase database;
    private EmbeddedKafka kafka;

    @Override
    public void init(Map<String, String> arguments) {
        databaseName = arguments.getOrDefault("database", databaseName);
        mode = arguments.getOrDefault("mode", mode);
        topics = List.of(arguments.getOrDefault("topics", "").split(","));
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("lasttable-tls");
            itself = certificate("itself", HOST);
            renamed = certificate("renamed", "elsewhere");
            // Several in one file, as in the bundle that AWS publishes.
            authorities = Files.writeString(
                    directory.resolve("ca.pem"),
                    Files.readString(renamed.certificate()) + Files.readString(itself.certificate()));
            show(itself);
            database = EmbeddedDatabase.startWithTls(shown(CERTIFICATE), shown(KEY));
            database.createDatabase(databaseName);
            kafka = EmbeddedKafka.startWithTls(directory.resolve("kafka"), HOST, itself);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Topics.create(Map.copyOf(kafkaSettings("")), topics, 2);
        return settings();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(TlsTestResource.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (database != null) {
            database.close();
        }
        if (directory != null) {
            Directories.delete(directory);
        }
    }

    /** After the servers that all other tests share, so that these are the ones that count. */
    @Override
    public int order() {
        return 100;
    }

    /** The database shows the certificate of its name, from an authority that is trusted. */
    public void databaseIsItself() {
        present(itself);
    }

    /** The database shows the right name, from an authority that nobody trusts. */
    public void databaseShowsAnUnknownAuthority() {
        present(certificate("unknown", HOST));
    }

    /** The database shows another name than the one it was called by, from an authority that is trusted. */
    public void databaseShowsAnotherName() {
        present(renamed);
    }

    /** The number of the application's connections to the database, encrypted or not. */
    public long connections(boolean encrypted) {
        return ask(
                "select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where datname = '%s' and ssl = %s"
                        .formatted(databaseName, encrypted));
    }

    private void present(ServerCertificate certificate) {
        try {
            show(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long before = loadedAt();
        long reloaded = ask("select count(pg_reload_conf())");
        awaitReload(before);
        // What is connected stays as it was: it has to come again.
        long sent = ask("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '%s'"
                .formatted(databaseName));
        assert reloaded == 1 && sent >= 0;
    }

    /** A reload is only asked for; whoever connects before it has happened is shown the certificate of before. */
    private void awaitReload(long before) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (loadedAt() == before) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "PostgreSQL has not read its settings again within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** When the settings were read that a new connection gets, in microseconds. */
    private long loadedAt() {
        return ask("select (extract(epoch from pg_conf_load_time()) * 1000000)::bigint");
    }

    private void show(ServerCertificate certificate) throws IOException {
        copy(certificate.certificate(), shown(CERTIFICATE));
        copy(certificate.key(), shown(KEY));
    }

    private static void copy(Path from, Path to) throws IOException {
        Path copied = Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        assert copied.equals(to);
    }

    private Path shown(String file) {
        return directory.resolve(file);
    }

    private ServerCertificate certificate(String folder, String name) {
        return ServerCertificate.make(directory.resolve(folder), name);
    }

    private long ask(String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                var result = connection.createStatement().executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(kafkaSettings("kafka."));
        settings.putAll(Map.of(
                "LASTTABLE_DATABASE_HOST", HOST,
                "LASTTABLE_DATABASE_PORT", Integer.toString(database.port()),
                "LASTTABLE_DATABASE_NAME", databaseName,
                "LASTTABLE_DATABASE_SSL_MODE", mode));
        if (mode.equals("verify-full")) {
            settings.putAll(Map.of(
                    "LASTTABLE_DATABASE_CA_FILE",
                    authorities.toString(),
                    "quarkus.datasource.reactive.trust-certificate-pem",
                    "true",
                    "quarkus.datasource.reactive.trust-certificate-pem.certs",
                    authorities.toString(),
                    "quarkus.datasource.reactive.hostname-verification-algorithm",
                    "HTTPS"));
        }
        if (mode.equals("require")) {
            settings.put("quarkus.datasource.reactive.trust-all", "true");
        }
        return settings;
    }

    private Map<String, String> kafkaSettings(String prefix) {
        return Map.of(
                prefix + "bootstrap.servers",
                kafka.bootstrapServers(),
                prefix + "security.protocol",
                "SSL",
                prefix + "ssl.truststore.type",
                "PEM",
                prefix + "ssl.truststore.location",
                authorities.toString());
    }
}
