package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.Migrations;
import io.lasttable.booking.signal.Signal;
import io.lasttable.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;

class ShardLeasesTest {

    private static final int PATIENCE_MILLIS = 10_000;

    @Test
    void whoGivesAShardBackTellsThoseWhoWaitForIt() throws SQLException {
        SharedDatabase postgres = Migrations.database();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setPortNumbers(new int[] {postgres.port()});
        database.setDatabaseName(postgres.name());
        database.setUser("postgres");
        try (Connection waiting = database.getConnection();
                Statement listening = waiting.createStatement();
                ShardLeases ours = new ShardLeases(database, "ours", Duration.ofMinutes(10));
                ShardLeases theirs = new ShardLeases(database, "theirs", Duration.ofMinutes(10))) {
            assertThat(listening.execute("listen " + Signal.OUTBOX.channel())).isFalse();
            assertThat(ours.take(3)).isTrue();
            assertThat(theirs.release(3)).as("not theirs to give").isFalse();
            assertThat(theirs.take(3)).isFalse();
            assertThat(ours.release(3)).isTrue();
            PGNotification[] heard = waiting.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
            assertThat(heard).extracting(PGNotification::getParameter).containsExactly("ours 3");
            assertThat(theirs.take(3)).isTrue();
        }
    }
}
