package io.lasttable.booking.provision;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * PostgreSQL as an operator runs it: a base backup, its log archived, and a recovery to a named moment. A test gives its orders
 * through a field of type {@code Consumer}: {@code backup}, {@code mark} and {@code restore}.
 */
public final class RestorableDatabase implements QuarkusTestResourceLifecycleManager, Consumer<String> {

    private final int port = FreePorts.next();
    private Path folder;
    private EmbeddedDatabase server;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("restorable");
            Path archive = Files.createDirectory(folder.resolve("archive"));
            launch();
            server.createDatabase("booking");
            server.close();
            configure("archive_mode = on", "archive_command = 'cp %p " + archive + "/%f'");
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "LASTTABLE_DATABASE_HOST", "127.0.0.1",
                "LASTTABLE_DATABASE_PORT", Integer.toString(port),
                "LASTTABLE_DATABASE_NAME", "booking");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Consumer.class));
    }

    @Override
    public void accept(String order) {
        try {
            switch (order) {
                case "backup" -> backUp();
                case "mark" -> ask("select pg_create_restore_point('noon')::text");
                case "restore" -> restore();
                default -> throw new IllegalArgumentException(order);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void backUp() throws IOException {
        server.close();
        copy(data(), folder.resolve("base"));
        launch();
    }

    private void restore() throws IOException, SQLException {
        ask("select pg_switch_wal()::text");
        server.close();
        delete(data());
        copy(folder.resolve("base"), data());
        configure(
                "restore_command = 'cp " + folder.resolve("archive") + "/%f %p'",
                "recovery_target_name = 'noon'",
                "recovery_target_action = 'promote'");
        Files.createFile(data().resolve("recovery.signal"));
        launch();
        while (!ask("select pg_is_in_recovery()::text").equals("false")) {
            Thread.onSpinWait();
        }
    }

    private void launch() {
        server = EmbeddedDatabase.start(data(), port);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void configure(String... lines) throws IOException {
        Files.write(data().resolve("postgresql.auto.conf"), Stream.of(lines).toList(), StandardOpenOption.APPEND);
    }

    @CanIgnoreReturnValue
    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/booking", "postgres", "");
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            boolean answered = result.next();
            assert answered;
            return result.getString(1);
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copied = Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
                assert Files.exists(copied);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
