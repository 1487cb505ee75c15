package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.ofSize;
import static io.lasttable.booking.day.DayWorld.toTables;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.until;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Decision.Unchanged;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.day.Refusal.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changing what has been booked: what staff chose, what limits hold, what a seated party may still do. */
class EditTest {

    private static final Instant AT_SEVEN = Instant.parse("2026-11-28T18:00:00Z");

    @Test
    void tablesThatStaffChoseStayWhileTheyFit() {
        DayWorld world = new DayWorld(aVenue().withTable("T2", 1, 4).withTable("T3", 1, 4));
        Reservation chosen = won(world.book(wish("19:00", 3).at(List.of("T3")), Optional.empty()));
        assertThat(won(world.amend(chosen, ofSize(4))).tables()).containsExactly("T3");
        assertThat(won(world.amend(chosen, toTime("20:00"))).tables()).containsExactly("T3");
    }

    @Test
    void tablesThatTheHouseChoseGiveWayToTheTightestFit() {
        DayWorld world = new DayWorld(aVenue().withTable("T2", 1, 2).withTable("T4", 1, 4));
        Reservation three = won(world.book("19:00", 3));
        assertThat(won(world.amend(three, ofSize(2))).tables()).containsExactly("T2");
    }

    @Test
    void tablesThatStaffChoseGiveWayWhenThePartyOutgrowsThemOrTheyAreTaken() {
        DayWorld world = new DayWorld(
                aVenue().withTable("T1", 1, 2).withTable("T2", 1, 4).withTable("T3", 1, 2));
        Reservation chosen = won(world.book(wish("19:00", 2).at(List.of("T3")), Optional.empty()));
        assertThat(won(world.book(wish("21:00", 2).at(List.of("T3")), Optional.empty()))
                        .tables())
                .containsExactly("T3");
        assertThat(won(world.amend(chosen, toTime("21:00"))).tables()).containsExactly("T1");
        assertThat(won(world.amend(chosen, ofSize(3))).tables()).containsExactly("T2");
    }

    @Test
    void anAreaThatNobodyAskedForDoesNotStick() {
        DayWorld world = new DayWorld(aVenue().withTable("M", 1, 2, "main").withTable("T", 1, 4, "terrace"));
        Reservation anywhere = won(world.book("19:00", 2));
        assertThat(anywhere.area()).contains("main");
        assertThat(won(world.amend(anywhere, ofSize(3))).tables()).containsExactly("T");
        Reservation inside = won(world.book(
                new Wish(DayWorld.SATURDAY, wish("21:00", 2).time(), 2, Optional.of("main"), List.of(), false),
                Optional.empty()));
        assertThat(world.amend(inside, ofSize(3)))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.NO_TABLE_FOR_PARTY, NotBookable::reason)
                .returns(List.of(1, 2), NotBookable::partySizes);
    }

    @Test
    void noticeAndWindowBindNobodyWhoKeepsTheStart() {
        DayWorld world = new DayWorld(
                aVenue().noticeOf(Duration.ofHours(4)).withTable("T1", 1, 4).withTable("T2", 1, 4));
        Reservation dinner = won(world.book("19:00", 2));
        world.now = AT_SEVEN.minusSeconds(3600);
        assertThat(won(world.amend(dinner, ofSize(3))).partySize()).isEqualTo(3);
        assertThat(won(world.amend(dinner, toTables("T2"))).tables()).containsExactly("T2");
        assertThat(world.amend(dinner, toTime("20:00")))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.OUTSIDE_BOOKING_WINDOW, NotBookable::reason);
    }

    @Test
    void whatEasesTheLoadSkipsThePacingAndWhatAddsToItDoesNot() {
        DayWorld world = new DayWorld(
                aVenue().withTable("T1", 1, 4).withTable("T2", 1, 4).pacedAt(6));
        Reservation four = won(world.book("19:00", 4));
        Reservation two = won(world.book("19:00", 2));
        assertThat(world.amend(two, ofSize(3)))
                .asInstanceOf(type(Taken.class))
                .returns(Refusal.Cause.PACING, Taken::cause);
        world.day = Day.load(
                world.day.version(),
                new DayPlan(
                        aVenue().withTable("T1", 1, 4)
                                .withTable("T2", 1, 4)
                                .pacedAt(3)
                                .build(),
                        DayWorld.SATURDAY),
                world.day.occupancy().stays(),
                List.of(four, two));
        assertThat(won(world.amend(four, ofSize(3))).partySize()).isEqualTo(3);
        assertThat(won(world.amend(two, toTables("T2"))).tables()).containsExactly("T2");
    }

    @Test
    void aSeatedPartyGrowsChangesTablesStaysLongerOrLeavesEarlier() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4).withTable("T2", 1, 6));
        Reservation dinner = won(world.book("19:00", 2));
        Reservation next = won(world.book(wish("21:00", 2).at(List.of("T1")), Optional.empty()));
        world.now = AT_SEVEN;
        assertThat(won(world.turn(dinner.id(), Status.SEATED)).tables()).containsExactly("T1");
        assertThat(won(world.amend(dinner, ofSize(4))))
                .returns(List.of("T1"), Reservation::tables)
                .returns(dinner.endsAt(), Reservation::endsAt);
        assertThat(won(world.amend(dinner, until("2026-11-28T20:00:00Z"))).endsAt())
                .isEqualTo(next.startsAt());
        assertThat(world.amend(dinner, until("2026-11-28T20:01:00Z"))).isInstanceOf(Taken.class);
        assertThat(won(world.amend(dinner, toTables("T2"))).tables()).containsExactly("T2");
        assertThat(won(world.amend(dinner, until("2026-11-28T20:01:00Z"))).tables())
                .containsExactly("T2");
        assertThat(world.amend(dinner, until("2026-11-28T17:59:00Z"))).isInstanceOf(Mistaken.class);
        assertThat(world.amend(dinner, toTime("20:00"))).isInstanceOf(IllegalTransition.class);
        assertThat(world.amend(next, until("2026-11-28T22:30:00Z"))).isInstanceOf(IllegalTransition.class);
        assertThat(won(world.turn(dinner.id(), Status.CANCELLED)).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void whatChangesNothingIsNoChange() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation dinner = won(world.book("19:00", 2));
        assertThat(world.amend(dinner, ofSize(2))).isEqualTo(new Unchanged(dinner));
        assertThat(world.day.version()).isEqualTo(2);
    }

    @Test
    void aMoveIsToldFromAChange() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        Reservation dinner = won(world.book("19:00", 2));
        assertThat(kind(world.amend(dinner, ofSize(3)))).isEqualTo(ReservationChange.Kind.CHANGED);
        assertThat(kind(world.amend(dinner, toTime("20:00")))).isEqualTo(ReservationChange.Kind.MOVED);
    }

    private static ReservationChange.Kind kind(Decision decision) {
        return ((Decision.Accepted) decision).change().kind();
    }
}
