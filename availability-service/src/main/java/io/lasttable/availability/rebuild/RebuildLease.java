package io.lasttable.availability.rebuild;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** One rebuild at a time: a row with an end by the database's clock, so that connection poolers do no harm. */
@ApplicationScoped
class RebuildLease {

    private static final String TAKE = """
            INSERT INTO rebuild_lease AS held (owner, until) VALUES ($1, now() + $2::int8 * interval '1 millisecond')
            ON CONFLICT (only_one) DO UPDATE SET (owner, until) = (excluded.owner, excluded.until)
             WHERE held.until < now() OR held.owner = excluded.owner""";
    private static final String RELEASE = "DELETE FROM rebuild_lease WHERE owner = $1";
    private static final String HOLD = "SELECT 1 FROM rebuild_lease WHERE owner = $1 FOR UPDATE";

    private final Pool pool;
    private final long millis;

    RebuildLease(Pool pool, AvailabilitySettings settings) {
        this.pool = pool;
        this.millis = settings.rebuild().lease().toMillis();
    }

    static String newOwner() {
        return UUID.randomUUID().toString();
    }

    /** Takes or prolongs the lease. Fails with {@link RebuildRunningException} when somebody else has it. */
    void take(String owner) {
        int rows = pool.preparedQuery(TAKE)
                .execute(Tuple.of(owner, millis))
                .await()
                .indefinitely()
                .rowCount();
        if (rows == 0) {
            throw new RebuildRunningException();
        }
    }

    /** Inside a transaction: nobody takes the lease before it ends. */
    void hold(SqlClient transaction, String owner) {
        int rows = transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(owner))
                .await()
                .indefinitely()
                .size();
        if (rows == 0) {
            throw new RebuildRunningException();
        }
    }

    void release(String owner) {
        int rows = pool.preparedQuery(RELEASE)
                .execute(Tuple.of(owner))
                .await()
                .indefinitely()
                .rowCount();
        assert rows <= 1;
    }
}
