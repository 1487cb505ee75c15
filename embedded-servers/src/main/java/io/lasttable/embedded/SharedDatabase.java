package io.lasttable.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own on the one PostgreSQL that all tests of a JVM share: the first that asks starts it, and it goes
 * with the JVM. For tests that neither stop the server nor look at what all of it does.
 */
public final class SharedDatabase {

    private static final String USER = "postgres";

    /** Of the class as the JVM's own class loader has it, and of no other. */
    private static EmbeddedDatabase server;

    private final String name;

    private SharedDatabase(String name) {
        this.name = name;
    }

    /** An empty one. */
    public static SharedDatabase empty() {
        return create("");
    }

    /** One that is as this one is now, to which nobody may be connected meanwhile. */
    public SharedDatabase copy() {
        return create(" template " + name);
    }

    private static SharedDatabase create(String how) {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = source(USER).getConnection();
                var create = connection.createStatement()) {
            int none = create.executeUpdate("create database " + name + how);
            assert none == 0;
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " cannot be created: " + e.getMessage(), e);
        }
        return new SharedDatabase(name);
    }

    public String name() {
        return name;
    }

    /** Where the server listens, on loopback. */
    public int port() {
        return portOfAll();
    }

    /** Unpooled connections to it. */
    public DataSource source() {
        return source(name);
    }

    private static PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {portOfAll()});
        source.setDatabaseName(database);
        source.setUser(USER);
        return source;
    }

    /** Quarkus has a class loader of its own for each application that a test starts, with this class in it. */
    private static int portOfAll() {
        try {
            Class<?> first = Class.forName(SharedDatabase.class.getName(), true, ClassLoader.getSystemClassLoader());
            return (int) first.getMethod("startOnce").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The PostgreSQL of all tests did not start", e);
        }
    }

    /** Not for tests to call: the port of the server, which is started when it is not there. */
    public static synchronized int startOnce() {
        if (server == null) {
            server = EmbeddedDatabase.start();
        }
        return server.port();
    }
}
