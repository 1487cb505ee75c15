package io.lasttable.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What our documents and scripts say in SQL, as somebody with the rights of RDS' master user: may create roles and databases, and no more. */
class MasterIsNoSuperuserTest {

    private static final Path ROOT = Path.of("..");

    private static EmbeddedDatabase postgres;

    @BeforeAll
    static void start() throws SQLException {
        postgres = EmbeddedDatabase.start();
        run("postgres", "postgres", List.of("CREATE ROLE master LOGIN CREATEDB CREATEROLE"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** The roles of deploy/terraform, then rotation.md's two that take turns: each alone has made tables that the other one alters. */
    @Test
    void makesDatabasesAndTheRolesThatTakeTurns() throws Exception {
        for (String name : List.of("booking", "availability")) {
            run("master", "postgres", databases(name));
            run(name, name, List.of("CREATE TABLE first (id int)"));
        }
        run("booking", "booking", List.of("CREATE EXTENSION btree_gist"));

        String[] rotation = block("docs/operations/rotation.md", "CREATE ROLE booking_owner")
                .split("\\\\c booking", -1);
        run("master", "postgres", statements(rotation[0]));
        run("master", "booking", statements(rotation[1]));
        run("booking_a", "booking", List.of("ALTER TABLE first ADD a int", "CREATE TABLE second (id int)"));
        run("booking_b", "booking", List.of("ALTER TABLE first ADD b int", "ALTER TABLE second ADD b int"));
        assertThatThrownBy(() -> run("availability", "booking", List.of("SELECT 1")))
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void doesItAsTheDocumentForRdsSays() throws Exception {
        String document = block("docs/deployment/rds.md", "CREATE ROLE booking")
                .replaceAll("\\b(booking|availability)\\b", "$1_by_hand");
        run("master", "postgres", statements(document));
        run("booking_by_hand", "booking_by_hand", List.of("CREATE EXTENSION btree_gist"));
    }

    /** What the grant is for. */
    @Test
    void mayNotGiveADatabaseToARoleThatHeCouldNotTakeOn() {
        List<String> ungranted = databases("other").stream()
                .filter(statement -> !statement.startsWith("GRANT"))
                .toList();
        assertThatThrownBy(() -> run("master", "postgres", ungranted)).hasMessageContaining("must be able to SET ROLE");
    }

    private static List<String> databases(String name) {
        return statements(
                read("deploy/terraform/databases.sql").replace("{name}", name).replace("{password}", "secret"));
    }

    /** The indented lines from the one that holds {@code start} on. */
    private static String block(String document, String start) {
        var found = Pattern.compile("(?m)(?:^    .*\\n)*^    .*" + start + ".*\\n(?:^    .*\\n)*")
                .matcher(read(document));
        assertThat(found.find()).as(document).isTrue();
        return found.group();
    }

    private static List<String> statements(String sql) {
        return Stream.of(sql.replaceAll("--.*", "").split(";"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void run(String user, String database, List<String> statements) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, user, "");
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                boolean rows = statement.execute(sql);
                assert rows == sql.startsWith("SELECT");
            }
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
