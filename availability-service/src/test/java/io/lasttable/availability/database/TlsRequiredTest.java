package io.lasttable.availability.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.lasttable.embedded.TlsTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The settings that the chart writes for {@code require}: encrypted, whoever answers; no authority is known. */
@QuarkusTest
@WithTestResource(
        value = TlsTestResource.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = {
            @ResourceArg(name = "database", value = "availability"),
            @ResourceArg(name = "mode", value = "require"),
            @ResourceArg(name = "topics", value = "lasttable.venues.v1,lasttable.days.v1")
        })
class TlsRequiredTest {

    TlsTestResource servers;

    @Inject
    Pool reactive;

    @Inject
    AgroalDataSource jdbc;

    @Test
    void bothDriversEncryptWithoutAskingWhoAnswers() throws SQLException {
        try (Connection connection = jdbc.getConnection()) {
            assertThat(connection.isValid(10)).isTrue();
            var rows = reactive.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                    .executeAndAwait();
            assertThat(rows.iterator().next().getBoolean("ssl")).isTrue();
            assertThat(servers.connections(false)).isZero();
        }
    }
}
