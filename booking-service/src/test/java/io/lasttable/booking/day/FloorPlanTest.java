package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.venue.FloorPlan;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A terrace that is closed from half past eight on. */
class FloorPlanTest {

    @Test
    void aServiceSeatsInItsPartOfTheHouseAlone() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", "main"));
        assertThat(left(world, "20:00", 2)).isEqualTo(2);
        assertThat(left(world, "20:30", 2)).isEqualTo(1);
        assertThat(left(world, "20:00", 4)).as("both tables together").isEqualTo(1);
        assertThat(left(world, "20:30", 4)).isZero();
        assertThat(won(world.book("20:30", 2)).tables()).containsExactly("M1");
        assertThat(world.book("20:30", 2))
                .asInstanceOf(type(Taken.class))
                .satisfies(taken -> assertThat(taken.alternatives())
                        .extracting(Alternative::time)
                        .as("where it would sit on the terrace")
                        .startsWith(LocalTime.of(20, 0)));
    }

    @Test
    void whatAServiceCannotSeatIsNotCalledTaken() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", "main"));
        assertThat(world.book("21:00", 4))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.PARTY_TOO_LARGE, NotBookable::reason)
                .returns(List.of(1, 2), NotBookable::partySizes);
        assertThat(world.book(in("21:00", "terrace"), Optional.empty()))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.NO_SUCH_AREA, NotBookable::reason)
                .returns("The service seats nobody in the area terrace.", NotBookable::detail);
        assertThat(ScheduleChangeTest.join(world, "21:00", "21:30", 4)
                        .decisions()
                        .get(0))
                .as("nobody waits for what cannot be")
                .isInstanceOf(NotBookable.class);
    }

    @Test
    void staffChooseAmongTheTablesThatAreThere() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", "main"));
        assertThat(world.book(wish("21:00", 2).at(List.of("G1")), Optional.empty()))
                .asInstanceOf(type(Mistaken.class))
                .returns("/tables", Mistaken::pointer);
        assertThat(world.book(wish("20:00", 2).at(List.of("G1")), Optional.empty()))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void whoMovesIntoAServiceSitsWhereItSeats() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", "main"));
        Reservation chosen = won(world.book(wish("19:00", 2).at(List.of("G1")), Optional.empty()));
        assertThat(won(world.amend(chosen, toTime("21:00"))).tables()).containsExactly("M1");
        Reservation asked = won(world.book(in("18:30", "terrace"), Optional.empty()));
        assertThat(world.amend(asked, toTime("21:00"))).isInstanceOf(NotBookable.class);
    }

    @Test
    void aFloorPlanNamesEverybodyWhoSitsOutsideIt() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", FloorPlan.WHOLE));
        Reservation before = won(world.book(in("20:00", "terrace"), Optional.empty()));
        assertThat(world.turn(before.id(), Status.CANCELLED)).isInstanceOf(Accepted.class);
        Reservation terrace = won(world.book(in("21:00", "terrace"), Optional.empty()));
        Reservation main = won(world.book("21:00", 2));
        Reservation early = won(world.book(in("18:30", "terrace"), Optional.empty()));
        ScheduleChange smaller = ScheduleChangeTest.change(world, aHouse().fromThenOnIn("20:30", "main"));
        assertThat(smaller.stranded(world.now)).containsExactly(terrace);
        assertThat(ScheduleChangeTest.change(
                                world, aHouse().fromThenOnIn("20:30", new FloorPlan(List.of("main"), List.of("G1"))))
                        .stranded(world.now))
                .isEmpty();
        assertThat(List.of(main, early)).hasSize(2);
    }

    @Test
    void aCombinationThatIsTornApartStrandsAndAMereHoldEnds() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", FloorPlan.WHOLE));
        Reservation four = won(world.book("21:00", 4));
        ScheduleChange smaller = ScheduleChangeTest.change(world, aHouse().fromThenOnIn("20:30", "main"));
        assertThat(smaller.stranded(world.now)).containsExactly(four);
        DayWorld held = new DayWorld(aHouse().fromThenOnIn("20:30", FloorPlan.WHOLE));
        assertThat(won(held.hold("21:00", 4, 300)).status()).isEqualTo(Status.HELD);
        ScheduleChange ends = ScheduleChangeTest.change(held, aHouse().fromThenOnIn("20:30", "main"));
        assertThat(ends.stranded(held.now)).isEmpty();
        assertThat(ScheduleChange.step(Map.of(SATURDAY, ends), DayWorld.RULES, held.now)
                        .changedReservations())
                .extracting(Reservation::status)
                .containsExactly(Status.EXPIRED);
    }

    @Test
    void aTableThatComesToAServiceIsOfferedToTheLineFirst() {
        DayWorld world = new DayWorld(aHouse().fromThenOnIn("20:30", "main"));
        assertThat(won(world.book("21:00", 2)).tables()).containsExactly("M1");
        assertThat(ScheduleChangeTest.joined(world, "21:00", "21:00").status()).isEqualTo(WaitlistStatus.WAITING);
        ScheduleChange larger = ScheduleChangeTest.change(world, aHouse());
        assertThat(ScheduleChange.step(Map.of(SATURDAY, larger), DayWorld.RULES, world.now)
                        .changedEntries())
                .extracting(WaitlistEntry::status)
                .containsExactly(WaitlistStatus.OFFERED);
    }

    private static VenueBuilder aHouse() {
        return aVenue().withTable("M1", 1, 2, "main")
                .withTable("G1", 1, 2, "terrace")
                .withCombination(3, 4, "M1", "G1");
    }

    private static Wish in(String time, String area) {
        return new Wish(SATURDAY, LocalTime.parse(time), 2, Optional.of(area), List.of(), false);
    }

    private static int left(DayWorld world, String time, int party) {
        return world.day.document(world.now).left(LocalTime.parse(time), party, world.now);
    }
}
