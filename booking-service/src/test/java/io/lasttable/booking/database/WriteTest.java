package io.lasttable.booking.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WriteTest {

    private static final Write DAY = Write.of("update day set version = $2 where date = $1", "2026-11-28", 7);
    private static final Write TABLES = Write.of("insert into occupancy select $1 returning 1", "T1")
            .checkedBy("require((select count(*) from written), $1)");

    @Test
    void parametersCountOnFromStatementToStatement() {
        assertThat(Write.joined(List.of(DAY, DAY)).sql()).isEqualTo("""
                with w0 as (update day set version = $2 where date = $1),
                w1 as (update day set version = $4 where date = $3)
                select\s""");
    }

    @Test
    void aCheckReadsTheRowsOfItsOwnStatement() {
        assertThat(Write.joined(List.of(DAY, TABLES, TABLES)).sql())
                .endsWith("select require((select count(*) from w1), $3), require((select count(*) from w2), $4)");
    }

    @Test
    void aNumberOfTwoDigitsIsOneNumber() {
        Write wide = Write.of("select $1, $10", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(Write.joined(List.of(DAY, wide)).sql()).contains("select $3, $12");
    }
}
