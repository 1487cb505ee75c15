package io.lasttable.booking.database;

import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.lasttable.booking.AsStaff;
import io.lasttable.embedded.TlsTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Kafka with TLS, under the settings that the chart writes for {@code verify-full}. */
@QuarkusTest
@WithTestResource(
        value = TlsTestResource.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = {
            @ResourceArg(name = "database", value = "booking"),
            @ResourceArg(name = "topics", value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1")
        })
@AsStaff
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    TlsTestResource servers;

    @Inject
    Pool reactive;

    @Inject
    AgroalDataSource jdbc;

    @AfterEach
    void theDatabaseIsItselfAgain() {
        servers.databaseIsItself();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> waitingInTheOutbox() >= 0);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> askReactively() == 1);
    }

    @Test
    void aBookingReachesKafkaAndNothingIsSaidInTheClear() {
        publish("tls", "T1");
        assertThat(booked("tls", "19:00")).isNotEmpty();
        await().atMost(PATIENCE).until(() -> waitingInTheOutbox() == 0);
        assertThat(servers.connections(false)).isZero();
        assertThat(servers.connections(true)).isPositive();
    }

    @Test
    void aServerFromAnUnknownAuthorityIsRefused() {
        servers.databaseShowsAnUnknownAuthority();
        fails(this::waitingInTheOutbox, "PKIX path");
        fails(this::askReactively, "SSL handshake failed");
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        servers.databaseShowsAnotherName();
        fails(this::waitingInTheOutbox, "The hostname localhost could not be verified");
        fails(this::askReactively, "SSL handshake failed");
    }

    private static void fails(ThrowingCallable connecting, String complaint) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(connecting).hasStackTraceContaining(complaint));
    }

    private long waitingInTheOutbox() throws SQLException {
        try (Connection connection = jdbc.getConnection();
                var count = connection.createStatement().executeQuery("select count(*) from outbox")) {
            return count.next() ? count.getLong(1) : -1;
        }
    }

    private int askReactively() {
        return reactive.query("select 1").executeAndAwait().iterator().next().getInteger(0);
    }
}
