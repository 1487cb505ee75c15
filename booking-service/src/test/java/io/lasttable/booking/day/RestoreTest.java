package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.day.Refusal.TooEarly;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a party may be seated, finished or missed, and how each of these is taken back. */
class RestoreTest {

    private static final Instant AT_SEVEN = Instant.parse("2026-11-28T18:00:00Z");

    private final DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
    private final Reservation dinner = won(world.book("19:00", 2));

    @Test
    void weeksBeforeTheStartNobodyIsSeatedOrMissed() {
        assertThat(world.turn(dinner.id(), Status.SEATED))
                .isEqualTo(new TooEarly(Status.CONFIRMED, Status.SEATED, AT_SEVEN.minusSeconds(7200)));
        assertThat(world.turn(dinner.id(), Status.NO_SHOW))
                .isEqualTo(new TooEarly(Status.CONFIRMED, Status.NO_SHOW, AT_SEVEN));
        world.now = AT_SEVEN.minusSeconds(7200);
        assertThat(won(world.turn(dinner.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
    }

    @Test
    void aCancelledReservationComesBackWhileItsTableIsFree() {
        assertThat(won(world.turn(dinner.id(), Status.CANCELLED)).status()).isEqualTo(Status.CANCELLED);
        assertThat(won(world.restore(dinner.id())))
                .returns(Status.CONFIRMED, Reservation::status)
                .returns(dinner.tables(), Reservation::tables)
                .returns(3L, Reservation::version);
        assertThat(world.restore(dinner.id())).isInstanceOf(IllegalTransition.class);
        assertThat(world.book("19:00", 2)).isInstanceOf(Taken.class);
    }

    @Test
    void aTableThatSomebodyElseHasIsNotGivenBack() {
        assertThat(won(world.turn(dinner.id(), Status.CANCELLED)).status()).isEqualTo(Status.CANCELLED);
        assertThat(won(world.book("20:00", 2)).tables()).containsExactly("T1");
        assertThat(world.restore(dinner.id()))
                .asInstanceOf(type(Taken.class))
                .satisfies(taken -> assertThat(taken.alternatives()).isNotEmpty());
    }

    @Test
    void whoHasFinishedGetsTheRestOfTheTurnBack() {
        world.now = AT_SEVEN;
        assertThat(won(world.turn(dinner.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
        world.now = AT_SEVEN.plusSeconds(1800);
        assertThat(won(world.turn(dinner.id(), Status.FINISHED)).endsAt()).isEqualTo(world.now);
        assertThat(won(world.restore(dinner.id())))
                .returns(Status.SEATED, Reservation::status)
                .returns(dinner.endsAt(), Reservation::endsAt);
    }

    @Test
    void whoWasMissedOrSeatedByMistakeIsExpectedAgain() {
        world.now = AT_SEVEN.plusSeconds(60);
        assertThat(won(world.turn(dinner.id(), Status.NO_SHOW)).status()).isEqualTo(Status.NO_SHOW);
        assertThat(won(world.restore(dinner.id())).status()).isEqualTo(Status.CONFIRMED);
        assertThat(won(world.turn(dinner.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
        assertThat(won(world.restore(dinner.id())).status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void aHoldThatWasGivenUpDoesNotComeBack() {
        Reservation hold = won(world.hold("21:00", 2, 300));
        assertThat(won(world.turn(hold.id(), Status.CANCELLED)).status()).isEqualTo(Status.CANCELLED);
        assertThat(world.restore(hold.id())).isInstanceOf(IllegalTransition.class);
    }
}
