package io.lasttable.availability.world;

import io.lasttable.embedded.SharedDatabase;
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

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;

    public Database() {
        SharedDatabase database = SharedDatabase.empty();
        Flyway flyway = Flyway.configure().dataSource(database.source()).load();
        if (flyway.migrate().migrationsExecuted == 0) {
            throw new IllegalStateException("no migration found");
        }
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(database.port())
                .setDatabase(database.name())
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
    }
}
