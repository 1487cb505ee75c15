package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.GUEST;
import static io.lasttable.booking.day.DayWorld.RULES;
import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.ofSize;
import static io.lasttable.booking.day.DayWorld.toTables;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Block.Closes;
import io.lasttable.booking.day.Block.Hours;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.HoldGone;
import io.lasttable.booking.day.Refusal.Taken;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Parts of the house that take no new bookings. */
class BlockTest {

    @Test
    void nobodyNewStartsWithinABlockAndEverybodyElseDoes() {
        DayWorld world = blocked(aVenue().withTable("T1", 1, 4), hours("19:00", "20:30"));
        assertThat(left(world, "18:30")).isEqualTo(1);
        assertThat(left(world, "19:00")).isZero();
        assertThat(left(world, "20:00")).isZero();
        assertThat(left(world, "20:30")).isEqualTo(1);
        assertThat(world.book("20:00", 2))
                .asInstanceOf(type(Taken.class))
                .returns(Cause.BLOCKED, Taken::cause)
                .extracting(taken -> taken.alternatives().get(0).time())
                .isEqualTo(LocalTime.of(20, 30));
        assertThat(world.book("20:30", 2)).isInstanceOf(Accepted.class);
    }

    @Test
    void aBlockOfStaysLeavesTheTableWhenItBegins() {
        DayWorld world = blocked(
                aVenue().withTable("T1", 1, 4),
                new Block(
                        "b",
                        SATURDAY,
                        SATURDAY,
                        hours("20:00", "21:00").hours(),
                        none(),
                        List.of(),
                        Closes.STAYS,
                        none()));
        assertThat(left(world, "18:30")).isEqualTo(1);
        assertThat(left(world, "19:00")).isZero();
        assertThat(left(world, "21:00")).isEqualTo(1);
        assertThat(world.book("18:30", 4)).asInstanceOf(type(Taken.class)).returns(Cause.BLOCKED, Taken::cause);
    }

    @Test
    void aBlockOfAnAreaOrATableLeavesTheOthersAlone() {
        VenueBuilder venue = aVenue().withTable("M1", 1, 2, "main")
                .withTable("M2", 1, 2, "main")
                .withTable("G1", 1, 2, "garden")
                .withCombination(3, 4, "M1", "M2");
        DayWorld rain = blocked(venue, of(Optional.empty(), Optional.of("garden"), List.of()));
        assertThat(left(rain, "19:00")).isEqualTo(2);
        assertThat(won(rain.book("19:00", 2)).area()).contains("main");
        DayWorld broken = blocked(venue, of(Optional.empty(), Optional.empty(), List.of("M2")));
        assertThat(left(broken, "19:00")).isEqualTo(2);
        assertThat(broken.book("19:00", 4)).as("the combination has the table").isInstanceOf(Taken.class);
        assertThat(broken.book(wish("19:00", 2).at(List.of("M2")), Optional.empty()))
                .isInstanceOf(Taken.class);
    }

    @Test
    void hoursAfterMidnightAreThoseOfTheSameNight() {
        VenueBuilder late = aVenue().seating("20:00", "01:30", 30).withTable("T1", 1, 4);
        DayWorld world = blocked(late, hours("00:30", "01:30"));
        assertThat(left(world, "00:00")).isEqualTo(1);
        assertThat(left(world, "00:30")).isZero();
        assertThat(left(world, "01:30")).isEqualTo(1);
        DayWorld across = blocked(late, hours("23:30", "00:30"));
        assertThat(left(across, "23:30")).isZero();
        assertThat(left(across, "00:00")).isZero();
        assertThat(left(across, "00:30")).isEqualTo(1);
    }

    @Test
    void whoIsThereStaysAndMayBeEditedButMovesInNoMore() {
        DayWorld world = new DayWorld(
                aVenue().withTable("T1", 1, 4).withTable("T2", 1, 4).withTable("T3", 1, 6));
        Reservation there = won(world.book(wish("19:00", 2).at(List.of("T1")), Optional.empty()));
        Reservation later = won(world.book("21:30", 2));
        world.day = world.day.closedBy(List.of(hours("19:00", "20:30")));

        assertThat(won(world.amend(there, ofSize(4))).tables()).containsExactly("T1");
        assertThat(world.amend(there, toTables("T2"))).isInstanceOf(Taken.class);
        assertThat(world.amend(there, ofSize(5)))
                .as("it would need another table")
                .isInstanceOf(Taken.class);
        assertThat(world.amend(later, toTime("19:30")))
                .asInstanceOf(type(Taken.class))
                .returns(Cause.BLOCKED, Taken::cause);
        assertThat(world.amend(later, toTime("20:30"))).isInstanceOf(Accepted.class);
        assertThat(world.turn(there.id(), Status.CANCELLED)).isInstanceOf(Accepted.class);
        assertThat(world.restore(there.id()))
                .as("it is taken back, not booked anew")
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aHoldIsThereUntilItRunsOut() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4).withTable("T2", 1, 4));
        Reservation held = won(world.hold("19:00", 2, 300));
        Reservation late = won(world.hold("19:00", 2, 300));
        world.day = world.day.closedBy(List.of(hours("19:00", "20:30")));
        assertThat(world.confirm(held.id())).isInstanceOf(Accepted.class);
        world.now = world.now.plusSeconds(301);
        assertThat(world.confirm(late.id())).isInstanceOf(HoldGone.class);
    }

    @Test
    void whatABlockHeldBackIsOfferedToTheLineFirst() {
        DayWorld world = blocked(aVenue().withTable("T1", 1, 4), hours("19:00", "19:30"));
        DayStep joined = step(
                world.day,
                new Command.Join(
                        new UUID(3, 3),
                        new WaitlistWish(SATURDAY, LocalTime.of(19, 0), LocalTime.of(19, 0), 2, Optional.empty()),
                        GUEST));
        assertThat(joined.waitlistChanges()).extracting(WaitlistChange::kind).containsExactly("joined");
        Day open = joined.days().get(SATURDAY).closedBy(List.of());
        DayStep freed = ScheduleChange.step(
                Map.of(SATURDAY, new ScheduleChange(Optional.of(open), open, true)), RULES, world.now);
        assertThat(freed.waitlistChanges()).extracting(WaitlistChange::kind).containsExactly("offered");
        assertThat(freed.changedDays()).extracting(Day::version).containsExactly(open.version() + 1);
    }

    private static DayStep step(Day day, Command command) {
        return DayStep.of(
                new TreeMap<>(Map.of(SATURDAY, day)),
                List.of(Request.of(command)),
                Map.of(),
                RULES,
                new DayWorld(aVenue().withTable("T1", 1, 4)).now);
    }

    private static DayWorld blocked(VenueBuilder venue, Block block) {
        DayWorld world = new DayWorld(venue);
        world.day = world.day.closedBy(List.of(block));
        return world;
    }

    private static int left(DayWorld world, String time) {
        int left = world.day.document(world.now).left(LocalTime.parse(time), 2, world.now);
        assertThat(left).isEqualTo(NaiveDay.left(world.day, time, 2, world.now));
        return left;
    }

    static Block hours(String from, String until) {
        return of(Optional.of(new Hours(LocalTime.parse(from), LocalTime.parse(until))), none(), List.of());
    }

    private static Block of(Optional<Hours> hours, Optional<String> area, List<String> tables) {
        return new Block("b", SATURDAY, SATURDAY, hours, area, tables, Closes.STARTS, none());
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
