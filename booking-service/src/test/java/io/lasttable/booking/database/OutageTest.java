package io.lasttable.booking.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {

    @ParameterizedTest
    @CsvSource({
        "08006, true", // connection failure
        "3D000, true", // no such database
        "53100, true", // disk full
        "53300, true", // too many connections
        "57P01, true", // shutdown
        "57P03, true", // starting up
        "57014, false", // a statement took too long
        "23505, false", // unique violation
        "42P01, false", // no such table
        "x, false",
        ", false"
    })
    void aDatabaseThatHasNoRoomOrIsNotThereIsAwayAndOneThatRefusesAStatementIsNot(String state, boolean isAway) {
        assertThat(Outage.explains(new PgException("refused", "ERROR", state, null)))
                .isEqualTo(isAway);
    }
}
