package io.lasttable.booking.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.problem.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of a transaction whose connection went away in the commit. */
@QuarkusTest
class OutcomeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LONG_AGO = "1.5";

    @Inject
    Pool database;

    @Test
    void whatWasCommittedIsSaidToBe() {
        outcome(committed());
    }

    @Test
    void whatWasRolledBackIsSaidToBeWhateverTheServerHasGoneThrough() {
        String[] id = rolledBack().split(" ");
        for (String each : new String[] {String.join(" ", id), id[0] + " " + LONG_AGO + " " + id[2]}) {
            assertThatThrownBy(() -> outcome(each)).isInstanceOf(DayTransaction.RolledBack.class);
        }
    }

    @Test
    void anIdOfAServerThatWasStartedSinceMayBeSomebodyElsesByNow() {
        String[] id = committed().split(" ");
        isOpen(id[0] + " " + LONG_AGO + " " + id[2]);
    }

    @Test
    void anIdOfBeforeACrashMayBeSomebodyElsesByNow() {
        String[] id = committed().split(" ");
        isOpen(id[0] + " " + id[1] + " " + LONG_AGO);
    }

    private void isOpen(String transactionId) {
        assertThatThrownBy(() -> outcome(transactionId))
                .isInstanceOfSatisfying(
                        Problem.class, open -> assertThat(open.type()).isEqualTo(Problem.Type.OVERLOADED));
    }

    private void outcome(String transactionId) {
        SqlConnection gone = null;
        new DayTransaction(database, gone)
                .outcome(transactionId, new IOException("gone"))
                .await()
                .atMost(PATIENCE);
    }

    private String committed() {
        return database.withTransaction(transaction -> transaction
                        .query("select " + DayTransaction.ID)
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0)))
                .await()
                .atMost(PATIENCE);
    }

    private String rolledBack() {
        return database.withConnection(connection -> connection
                        .query("begin")
                        .execute()
                        .chain(() ->
                                connection.query("select " + DayTransaction.ID).execute())
                        .map(rows -> rows.iterator().next().getString(0))
                        .call(() -> connection.query("rollback").execute()))
                .await()
                .atMost(PATIENCE);
    }
}
