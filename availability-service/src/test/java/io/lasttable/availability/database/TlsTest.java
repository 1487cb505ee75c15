package io.lasttable.availability.database;

import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.lasttable.availability.world.Publisher;
import io.lasttable.embedded.TlsTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Kafka with TLS, under the settings that the chart writes for {@code verify-full}. */
@QuarkusTest
@WithTestResource(
        value = TlsTestResource.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = {
            @ResourceArg(name = "database", value = "availability"),
            @ResourceArg(name = "topics", value = "lasttable.venues.v1,lasttable.days.v1")
        })
class TlsTest {

    TlsTestResource servers;

    @Inject
    Publisher publisher;

    @Inject
    Pool reactive;

    @Inject
    AgroalDataSource jdbc;

    @AfterEach
    void theDatabaseIsItselfAgain() {
        servers.databaseIsItself();
        await().ignoreExceptions().until(() -> askReactively() == 1);
    }

    @Test
    void whatKafkaSaysIsProjectedAndNothingIsSaidInTheClear() {
        publisher.venue(aVenue("tls"));
        await().until(() -> askReactively("select count(*)::int from venue where venue_id = 'tls'") == 1);
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        assertThat(servers.connections(false)).isZero();
        assertThat(servers.connections(true)).isPositive();
    }

    @Test
    void aServerFromAnUnknownAuthorityIsRefused() {
        servers.databaseShowsAnUnknownAuthority();
        fails(this::askByJdbc, "PKIX path");
        fails(this::askReactively, "SSL handshake failed");
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        servers.databaseShowsAnotherName();
        fails(this::askByJdbc, "The hostname localhost could not be verified");
        fails(this::askReactively, "SSL handshake failed");
    }

    private static void fails(ThrowingCallable connecting, String complaint) {
        await().untilAsserted(() -> assertThatThrownBy(connecting).hasStackTraceContaining(complaint));
    }

    private void askByJdbc() throws SQLException {
        try (Connection connection = jdbc.getConnection()) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    private int askReactively() {
        return askReactively("select 1");
    }

    private int askReactively(String sql) {
        return reactive.query(sql).executeAndAwait().iterator().next().getInteger(0);
    }
}
