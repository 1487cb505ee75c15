package io.lasttable.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final AtomicReference<Instant> machine = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final DatabaseClock clock = new DatabaseClock(new Settable(), nanos::get);

    @Test
    void isTheMachinesUntilTheDatabaseHasSaidAnything() {
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void goesOnAsBeforeWhenTheMachinesClockIsSet() {
        clock.read(NOON, nanos.get());
        machine.set(NOON.plusSeconds(120));
        passes(Duration.ofSeconds(3));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void isTheDatabasesOnAMachineWhoseClockIsWrong() {
        machine.set(NOON.minusSeconds(120));
        clock.read(NOON, nanos.get());
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void theFirstAnswerWasGivenHalfWay() {
        long asked = nanos.get();
        passes(Duration.ofMillis(8));
        clock.read(NOON, asked);
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(4));
    }

    @Test
    void anAnswerThatComesLateSpoilsNothing() {
        clock.read(NOON, nanos.get());
        long asked = nanos.get();
        passes(Duration.ofSeconds(9));
        clock.read(NOON.plusMillis(1), asked);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void aMachineThatWasSuspendedLearnsHowLong() {
        clock.read(NOON, nanos.get());
        long asked = nanos.get();
        passes(Duration.ofMillis(2));
        clock.read(NOON.plusSeconds(3600), asked);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void aDatabaseWhoseClockIsBehindIsFollowedAsFarAsTheWaitTells() {
        clock.read(NOON, nanos.get());
        long asked = nanos.get();
        passes(Duration.ofMillis(2));
        clock.read(NOON.minusSeconds(1), asked);
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(1).plusMillis(2));
    }

    @Test
    void anAnswerThatHasOvertakenAnotherStays() {
        clock.read(NOON, nanos.get());
        long early = nanos.get();
        nanos.addAndGet(1);
        long late = nanos.get();
        clock.read(NOON.plusSeconds(120), late);
        clock.read(NOON, early);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(120));
    }

    @Test
    void isDueAtFirstAndAfterSomeSeconds() {
        assertThat(clock.isDue()).isTrue();
        clock.read(NOON, nanos.get());
        assertThat(clock.isDue()).isFalse();
        goesOn(Duration.ofMillis(4_999));
        assertThat(clock.isDue()).isFalse();
        goesOn(Duration.ofMillis(1));
        assertThat(clock.isDue()).isTrue();
    }

    @Test
    void isDueWhenTheMachineHasSlept() {
        machine.set(NOON.minusSeconds(120));
        clock.read(NOON, nanos.get());
        goesOn(Duration.ofSeconds(1));
        assertThat(clock.isDue()).isFalse();
        machine.set(machine.get().plusSeconds(3600));
        assertThat(clock.isDue()).isTrue();
    }

    @Test
    void isAsFineAsPostgresKeepsTimes() {
        clock.read(NOON, nanos.get());
        nanos.addAndGet(1_999);
        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(1_000));
    }

    private void goesOn(Duration time) {
        passes(time);
        machine.set(machine.get().plus(time));
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private final class Settable extends Clock {

        @Override
        public Instant instant() {
            return machine.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
