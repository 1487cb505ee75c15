package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.ofSize;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.until;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time in which a table is made ready between two parties. Parties of two stay 90 minutes here, from 18:30 on. */
class TurnBufferTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    void aTableIsFreeAgainOnceItIsReadyAndTheGuestIsNotToldOfThat() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        Reservation first = won(world.book("18:30", 2));
        assertThat(first.endsAt()).isEqualTo("2026-11-28T19:00:00Z");
        assertThat(left(world, "20:00"))
                .as("nobody sits there, but it is not ready")
                .isZero();
        assertThat(left(world, "20:30")).isEqualTo(1);
        assertThat(world.book("20:00", 2))
                .asInstanceOf(type(Taken.class))
                .returns(Cause.BUFFER, Taken::cause)
                .extracting(taken -> taken.alternatives().get(0).time())
                .isEqualTo(LocalTime.of(20, 30));
        assertThat(world.book("19:00", 2)).asInstanceOf(type(Taken.class)).returns(Cause.TABLE_TAKEN, Taken::cause);
    }

    @Test
    void whoComesBeforeLeavesInTimeForTheNext() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        assertThat(won(world.book("20:30", 2)).tables()).containsExactly("T1");
        assertThat(left(world, "19:00")).as("until 20:30").isZero();
        assertThat(left(world, "18:30")).isEqualTo(1);
        assertThat(world.book("18:30", 4)).as("two hours, until 20:30").isInstanceOf(Taken.class);
        assertThat(world.book("18:30", 2)).isInstanceOf(Accepted.class);
    }

    @Test
    void aTableMayTakeLongerThanTheOthersAndACombinationAsLongAsEachOfIts() {
        VenueBuilder venue = aVenue().madeReadyIn(QUARTER)
                .withTable("T1", 1, 2, Duration.ZERO)
                .withTable("T2", 1, 2, Duration.ofHours(1))
                .withCombination(3, 4, "T1", "T2");
        DayWorld world = new DayWorld(venue);
        assertThat(won(world.book("18:30", 4)).tables()).containsExactly("T1", "T2");
        assertThat(won(world.book("20:30", 2)).tables()).containsExactly("T1");
        assertThat(world.book("21:00", 2)).asInstanceOf(type(Taken.class)).returns(Cause.BUFFER, Taken::cause);
        assertThat(won(world.book("21:30", 2)).tables()).containsExactly("T2");
    }

    @Test
    void whoFinishesLeavesATableThatStaffSayIsReady() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        Reservation first = won(world.book("18:30", 2));
        world.now = first.startsAt().plusSeconds(3600);
        assertThat(won(world.turn(first.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
        assertThat(left(world, "20:00")).isZero();
        assertThat(won(world.turn(first.id(), Status.FINISHED)).endsAt()).isEqualTo(world.now);
        assertThat(left(world, "20:00")).isEqualTo(1);
    }

    @Test
    void aWalkInSitsWhereItIsReadyUnlessStaffSayThatItIs() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        assertThat(won(world.book("18:30", 2)).tables()).containsExactly("T1");
        world.now = Instant.parse("2026-11-28T19:05:00Z");
        Wish walkIn = new Wish(SATURDAY, LocalTime.of(20, 5), 2, Optional.empty(), List.of(), true);
        assertThat(world.book(walkIn, Optional.empty())).isInstanceOf(Taken.class);
        assertThat(won(world.book(walkIn.overriding(Limit.BUFFER), Optional.empty()))
                        .status())
                .isEqualTo(Status.SEATED);
        assertThat(world.book(walkIn.overriding(Limit.BUFFER), Optional.empty()))
                .as("a table is given once, whatever is overridden")
                .isInstanceOf(Taken.class);
    }

    @Test
    void aNewBufferLeavesThoseWhoAreThereWhereTheyAre() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        Reservation first = won(world.book("18:30", 2));
        Reservation second = won(world.book("20:00", 2));
        VenueBuilder buffered = aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4);
        ScheduleChange change = ScheduleChangeTest.change(world, buffered);
        assertThat(change.stranded(world.now)).isEmpty();
        DayStep step = ScheduleChange.step(Map.of(SATURDAY, change), DayWorld.RULES, world.now);
        assertThat(step.reservationChanges()).isEmpty();
        assertThat(step.changedDays()).as("what is left is news").hasSize(1);

        world.day = change.after();
        assertThat(world.amend(second, ofSize(1))).as("as long as before").isInstanceOf(Accepted.class);
        assertThat(world.turn(first.id(), Status.CANCELLED)).isInstanceOf(Accepted.class);
        assertThat(world.book("18:30", 2)).as("who comes new").isInstanceOf(Taken.class);
        assertThat(world.restore(first.id())).as("as if nothing had happened").isInstanceOf(Accepted.class);
        assertThat(world.amend(second, toTime("20:30"))).isInstanceOf(Accepted.class);
    }

    @Test
    void whoSitsLeavesWhenTheyLeave() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        Reservation first = won(world.book("18:30", 2));
        assertThat(won(world.book("20:30", 2)).tables()).containsExactly("T1");
        world.now = first.startsAt();
        assertThat(won(world.turn(first.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
        assertThat(won(world.amend(first, until("2026-11-28T19:25:00Z"))).endsAt())
                .as("into the time in which the table would be made ready")
                .isEqualTo("2026-11-28T19:25:00Z");
        assertThat(world.amend(first, until("2026-11-28T19:35:00Z")))
                .as("into the next party")
                .isInstanceOf(Taken.class);
    }

    @Test
    void whoWaitsIsOfferedATableThatIsReady() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        assertThat(won(world.book("18:30", 2)).tables()).containsExactly("T1");
        assertThat(ScheduleChangeTest.joined(world, "19:00", "20:00").status()).isEqualTo(WaitlistStatus.WAITING);
        assertThat(ScheduleChangeTest.joined(world, "20:00", "20:30").offer())
                .hasValueSatisfying(offer -> assertThat(offer.time()).hasToString("20:30"));
    }

    @Test
    void aHoldThatRanOutComesBackOnlyToATableThatIsReady() {
        DayWorld world = new DayWorld(aVenue().madeReadyIn(QUARTER).withTable("T1", 1, 4));
        Reservation hold = won(world.hold("18:30", 2, 60));
        world.now = world.now.plusSeconds(61);
        assertThat(won(world.book("20:00", 2)).tables()).containsExactly("T1");
        assertThat(world.confirm(hold.id())).isInstanceOf(Refusal.HoldGone.class);
    }

    @Test
    void aDinnerOfTheNightBeforeIsClearedAwayBeforeBreakfast() {
        VenueBuilder venue = aVenue().seating("00:00", "23:30", 30)
                .madeReadyIn(Duration.ofHours(1))
                .withTable("T1", 1, 4);
        DayPlan sunday = new DayPlan(venue.build(), SATURDAY.plusDays(1));
        DayWorld saturday = new DayWorld(venue);
        Stay late = won(saturday.book("21:30", 2)).stay();
        assertThat(late.until()).as("23:00").isEqualTo("2026-11-28T22:00:00Z");
        assertThat(sunday.isReachedBy(late)).as("ready at midnight").isFalse();
        Stay later = won(saturday.amend(
                        saturday.day.reservation(late.reservationId()).orElseThrow(), toTime("22:00")))
                .stay();
        assertThat(sunday.isReachedBy(later)).as("ready at half past midnight").isTrue();
        Day day = Day.load(1, sunday, List.of(later), List.of());
        assertThat(day.document(saturday.now).left(LocalTime.of(0, 0), 2, saturday.now))
                .isZero();
        assertThat(day.document(saturday.now).left(LocalTime.of(0, 30), 2, saturday.now))
                .isEqualTo(1);
    }

    private static int left(DayWorld world, String time) {
        return world.day.document(world.now).left(LocalTime.parse(time), 2, world.now);
    }
}
