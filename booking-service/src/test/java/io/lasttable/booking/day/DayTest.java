package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.HoldGone;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.day.Refusal.VersionMismatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayTest {

    @Test
    void theLastTableGoesToTheFirstAndTheSecondIsShownWhatIsLeft() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));

        assertThat(won(world.book("19:00", 2)).tables()).containsExactly("T1");
        Taken taken = (Taken) world.book("19:00", 2);

        assertThat(taken.cause()).isEqualTo(Cause.TABLE_TAKEN);
        assertThat(taken.mayFreeUpAt()).isEmpty();
        assertThat(taken.dayVersion()).isEqualTo(2);
        assertThat(taken.alternatives())
                .extracting(alternative -> alternative.time().toString())
                .containsExactly("20:30", "21:00", "21:30", "22:00");
    }

    @Test
    void aPartyGetsTheTightestFit() {
        DayWorld world = new DayWorld(aVenue().withTable("big", 1, 6)
                .withTable("a", 1, 2)
                .withTable("b", 1, 2)
                .withTable("four", 1, 4)
                .withCombination(3, 4, "b", "a"));

        assertThat(won(world.book("19:00", 2)).tables()).containsExactly("a");
        assertThat(won(world.book("19:00", 3)).tables()).containsExactly("four");
        assertThat(won(world.book("19:00", 4)).tables()).containsExactly("big");
        assertThat(won(world.book("21:00", 4)).tables()).containsExactly("four");
        assertThat(won(world.book("21:00", 4)).tables()).containsExactly("a", "b");
    }

    @Test
    void aTableKeptByAHoldMayFreeUpWhenTheHoldRunsOut() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation hold = won(world.hold("19:00", 2, 300));

        Taken taken = (Taken) world.book("19:00", 2);

        assertThat(taken.cause()).isEqualTo(Cause.HELD);
        assertThat(taken.mayFreeUpAt()).isEqualTo(hold.expiresAt());
    }

    @Test
    void anExpiredHoldStandsInNobodysWayAndLeavesInTheSameStep() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation hold = won(world.hold("19:00", 2, 300));
        world.now = world.now.plusSeconds(300);

        Reservation winner = won(world.book("19:00", 2));

        assertThat(winner.tables()).containsExactly("T1");
        assertThat(world.day.reservation(hold.id()).orElseThrow().status()).isEqualTo(Status.EXPIRED);
        assertThat(world.confirm(hold.id())).isInstanceOf(HoldGone.class);
    }

    @Test
    void anExpiredHoldIsConfirmedWhileNobodyTookItsTable() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation hold = won(world.hold("19:00", 2, 300));
        world.now = world.now.plusSeconds(301);
        world.day = world.day.after(world.day.expireHolds(world.now)).committed();

        Reservation confirmed = won(world.confirm(hold.id()));

        assertThat(confirmed.status()).isEqualTo(Status.CONFIRMED);
        assertThat(confirmed.expiresAt()).isEmpty();
        assertThat(world.book("19:00", 2)).isInstanceOf(Taken.class);
    }

    @Test
    void pacingLimitsTheCoversOfASlotWhileTablesAreFree() {
        DayWorld world = new DayWorld(
                aVenue().withTable("T1", 1, 2).withTable("T2", 1, 2).pacedAt(3));
        assertThat(won(world.book("19:00", 2)).tables()).containsExactly("T1");

        assertThat(world.book("19:00", 2))
                .asInstanceOf(type(Taken.class))
                .extracting(Taken::cause)
                .isEqualTo(Cause.PACING);
        assertThat(won(world.book("19:00", 1)).tables()).containsExactly("T2");
    }

    @Test
    void finishingEarlyFreesTheRestOfTheTurn() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation dinner = won(world.book("19:00", 2));
        world.now = Instant.parse("2026-11-28T18:00:00Z");
        assertThat(won(world.turn(dinner.id(), Status.SEATED)).status()).isEqualTo(Status.SEATED);
        world.now = Instant.parse("2026-11-28T18:40:00Z");

        assertThat(won(world.turn(dinner.id(), Status.FINISHED)).endsAt()).isEqualTo(world.now);
        assertThat(won(world.book("20:00", 2)).tables()).containsExactly("T1");
    }

    @Test
    void aMoveKeepsTheOldTableUntilANewOneIsWonAndMayOverlapItself() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation early = won(world.book("18:30", 2));
        Reservation late = won(world.book("21:00", 2));

        assertThat(world.run(move(early, "20:30", OptionalLong.empty()))).isInstanceOf(Taken.class);
        assertThat(world.day.reservation(early.id())).contains(early);
        Reservation moved = won(world.run(move(early, "19:00", OptionalLong.of(1))));

        assertThat(moved.version()).isEqualTo(2);
        assertThat(moved.startsAt()).isEqualTo("2026-11-28T18:00:00Z");
        assertThat(world.run(move(late, "21:30", OptionalLong.of(9)))).isEqualTo(new VersionMismatch(1));
    }

    @Test
    void anIllegalTransitionNamesTheLegalOnes() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation dinner = won(world.book("19:00", 2));

        assertThat(world.turn(dinner.id(), Status.FINISHED))
                .isEqualTo(new IllegalTransition(Status.CONFIRMED, Status.CONFIRMED.next()));
    }

    @Test
    void aWalkInSitsDownAtAnyMinuteOfTheService() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        world.now = Instant.parse("2026-11-28T18:07:40Z");
        Wish wish = new Wish(DayWorld.SATURDAY, LocalTime.of(19, 7), 2, Optional.empty(), List.of(), true);

        Reservation seated = won(world.book(wish, Optional.empty()));

        assertThat(seated.status()).isEqualTo(Status.SEATED);
        assertThat(seated.startsAt()).isEqualTo("2026-11-28T18:07:00Z");
        assertThat(seated.endsAt()).isEqualTo("2026-11-28T19:37:00Z");
    }

    @ParameterizedTest(name = "{0} {1} {2} at {4}")
    @CsvSource({
        "2026-10-25, 00:00, 23:30, 30, 2026-10-25T01:59:00Z, true", // in the second of two equal hours
        "2026-10-24, 22:00, 02:00, 30, 2026-10-25T00:29:00Z, true",
        "2026-10-24, 22:00, 02:00, 30, 2026-10-25T00:31:00Z, false",
        "2026-10-24, 22:00, 02:00, 30, 2026-10-25T01:10:00Z, false", // over, though it is 02:10 once more
        "2026-03-28, 18:30, 03:30, 60, 2026-03-29T01:10:00Z, true", // 03:10, with no start between 01:30 and 03:30
        "2026-03-28, 18:45, 01:45, 30, 2026-03-29T01:14:00Z, true",
        "2026-03-28, 18:45, 01:45, 30, 2026-03-29T01:16:00Z, false",
    })
    void aWalkInSitsDownUntilTheLastIntervalIsOverThoughClocksChange(
            LocalDate date, String first, String last, int minutes, Instant now, boolean isSeated) {
        DayWorld world = new DayWorld(aVenue().seating(first, last, minutes).withTable("T1", 1, 2));
        world.day = Day.load(1, new DayPlan(world.day.plan().venue(), date), List.of(), List.of());
        world.now = now;
        Wish walkIn = new Wish(date, LocalTime.MIDNIGHT, 2, Optional.empty(), List.of(), true);
        assertThat(world.book(walkIn, Optional.empty()) instanceof Decision.Accepted)
                .isEqualTo(isSeated);
    }

    @Test
    void whatTheVenueDoesNotOfferIsRefusedWithItsReason() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));

        assertThat(reason(world.book("19:10", 2))).isEqualTo(Reason.NO_SUCH_SLOT);
        assertThat(reason(world.book("19:00", 3))).isEqualTo(Reason.PARTY_TOO_LARGE);
        world.now = Instant.parse("2026-11-28T18:00:01Z");
        assertThat(reason(world.book("19:00", 2))).isEqualTo(Reason.OUTSIDE_BOOKING_WINDOW);
    }

    @Test
    void aLateDinnerOfTheDayBeforeGuardsTheMorning() {
        DayPlan plan = new DayPlan(
                aVenue().seating("00:30", "03:00", 30).withTable("T1", 1, 2).build(), DayWorld.SATURDAY);
        Stay late = new Stay(
                new java.util.UUID(7, 7),
                DayWorld.SATURDAY.minusDays(1),
                List.of("T1"),
                Instant.parse("2026-11-27T22:30:00Z"),
                Instant.parse("2026-11-28T00:30:00Z"),
                2,
                Optional.empty());
        DayWorld world = new DayWorld(plan.venue());
        world.day = Day.load(1, plan, List.of(late), List.of());

        assertThat(world.book("01:00", 2)).isInstanceOf(Taken.class);
        assertThat(won(world.book("01:30", 2)).tables()).containsExactly("T1");
    }

    private static Reason reason(Decision decision) {
        return ((NotBookable) decision).reason();
    }

    private static Amend move(Reservation reservation, String time, OptionalLong ifVersion) {
        ReservationPatch patch = DayWorld.patch(reservation.date(), LocalTime.parse(time), reservation.partySize());
        return new Amend(reservation.id(), patch, ifVersion);
    }
}
