package io.lasttable.availability.world;

import io.lasttable.embedded.EmbeddedDatabase;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import org.flywaydb.core.Flyway;

/** A migrated PostgreSQL with a reactive pool, for tests and measurements that need no running service. */
public final class Database implements AutoCloseable {

    public static final int CONNECTIONS = 16;

    private final EmbeddedDatabase server = EmbeddedDatabase.start();
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;

    public Database() {
        String address = "//127.0.0.1:" + server.port() + "/postgres";
        Flyway flyway = Flyway.configure()
                .dataSource("jdbc:postgresql:" + address, "postgres", "postgres")
                .load();
        if (flyway.migrate().migrationsExecuted == 0) {
            throw new IllegalStateException("no migration found");
        }
        PgConnectOptions options = PgConnectOptions.fromUri("postgresql:" + address)
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        pool = PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .using(vertx)
                .build();
    }

    public Pool pool() {
        return pool;
    }

    public RowSet<Row> execute(SqlConnection connection, String sql) {
        return connection.query(sql).execute().await().indefinitely();
    }

    public RowSet<Row> execute(String sql) {
        return pool.query(sql).execute().await().indefinitely();
    }

    @Override
    public void close() {
        pool.closeAndAwait();
        vertx.closeAndAwait();
        server.close();
    }
}
