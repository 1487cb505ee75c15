package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.ofSize;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.PastCutoff;
import io.lasttable.booking.day.Refusal.Taken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A venue that takes no more bookings for an evening from four o'clock of its day on. */
class CutoffTest {

    private static final Instant AT_FOUR = Instant.parse("2026-11-28T15:00:00Z");

    @Test
    void theDayTakesNobodyNewFromItsCutoffOn() {
        DayWorld world = aWorld();
        world.now = AT_FOUR.minusMillis(1);
        assertThat(left(world, "19:00")).isEqualTo(1);
        assertThat(world.book("21:00", 2)).isInstanceOf(Accepted.class);
        world.now = AT_FOUR;
        assertThat(left(world, "19:00")).isZero();
        assertThat(world.book("19:00", 2))
                .isEqualTo(new PastCutoff(LocalTime.of(16, 0), AT_FOUR, Optional.of("+33140000000")));
        assertThat(world.hold("19:00", 2, 60)).isInstanceOf(PastCutoff.class);
        assertThat(world.book(wish("19:00", 2).overriding(Limit.CUTOFF), Optional.empty()))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void everySlotSaysWhenItClosesAndTheDayWhenItIsToldAnew() {
        DayWorld world = new DayWorld(
                aVenue().seating("15:30", "17:00", 30).closingAt("16:00").withTable("T1", 1, 4));
        SlotGrid grid = world.day.plan().grid();
        assertThat(grid.slots())
                .extracting(Slot::closesAt)
                .as("what has begun by then is not closed")
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(AT_FOUR), Optional.of(AT_FOUR));
        assertThat(grid.closesNext(AT_FOUR.minusNanos(1))).contains(AT_FOUR);
        assertThat(grid.closesNext(AT_FOUR)).isEmpty();
        assertThat(world.day.document(world.now).json())
                .contains(
                        "\"startsAt\":\"2026-11-28T15:30:00Z\",\"closesAt\":\"2026-11-28T15:00:00Z\",\"left\":{\"1\":1,");
        assertThat(world.day.document(AT_FOUR).json())
                .contains("\"startsAt\":\"2026-11-28T15:30:00Z\",\"closesAt\":\"2026-11-28T15:00:00Z\",\"left\":{}}");
    }

    @Test
    void aDayIsPublishedAnewWhenItsCutoffPassesThoughNobodyBooks() {
        DayWorld world = aWorld();
        DayStep step =
                DayStep.passing(new TreeMap<>(Map.of(SATURDAY, world.day)), Set.of(SATURDAY), DayWorld.RULES, AT_FOUR);
        assertThat(step.writes()).isTrue();
        assertThat(step.changedDays()).extracting(Day::version).containsExactly(world.day.version() + 1);
        assertThat(step.states(AT_FOUR).get(SATURDAY).left(LocalTime.of(19, 0), 2, AT_FOUR))
                .isZero();
    }

    @Test
    void whoIsThereChangesWhatDoesNotMoveInTime() {
        DayWorld world = aWorld();
        Reservation there = won(world.book("19:00", 1));
        world.now = AT_FOUR;
        assertThat(world.amend(there, ofSize(4))).isInstanceOf(Accepted.class);
        assertThat(world.amend(there, toTime("19:30"))).isInstanceOf(PastCutoff.class);
        assertThat(world.turn(there.id(), Status.CANCELLED)).isInstanceOf(Accepted.class);
        assertThat(world.restore(there.id())).as("a mistake is taken back").isInstanceOf(Accepted.class);
    }

    @Test
    void aWalkInIsAtTheDoor() {
        DayWorld world = aWorld();
        world.now = Instant.parse("2026-11-28T18:10:00Z");
        Wish walkIn = new Wish(SATURDAY, LocalTime.of(19, 10), 2, Optional.empty(), List.of(), true);
        assertThat(world.book(walkIn, Optional.empty())).isInstanceOf(Accepted.class);
    }

    @Test
    void aHoldIsConfirmedBehindTheCutoffWhileItLasts() {
        DayWorld world = aWorld();
        world.now = AT_FOUR.minusSeconds(30);
        Reservation hold = won(world.hold("19:00", 2, 60));
        Reservation other = won(world.hold("21:30", 2, 20));
        world.now = AT_FOUR.plusSeconds(10);
        assertThat(world.confirm(hold.id())).isInstanceOf(Accepted.class);
        assertThat(world.confirm(other.id()))
                .as("it ran out, so it would come new")
                .isInstanceOf(Refusal.HoldGone.class);
    }

    @Test
    void whoWaitedInTimeWaitsOnAndNobodyJoinsThem() {
        DayWorld world = aWorld();
        Reservation there = won(world.book("19:00", 2));
        assertThat(ScheduleChangeTest.joined(world, "19:00", "19:30").closesAt())
                .as("the last start, not the cut-off")
                .isEqualTo("2026-11-28T18:30:00Z");
        world.now = AT_FOUR;
        assertThat(ScheduleChangeTest.join(world, "19:00", "20:00", 2)
                        .decisions()
                        .get(0))
                .isInstanceOf(PastCutoff.class);
        DayStep step = DayStep.of(
                new TreeMap<>(Map.of(SATURDAY, world.day)),
                List.of(Request.of(new Command.Turn(there.id(), Status.CANCELLED, java.util.OptionalLong.empty()))),
                Map.of(),
                DayWorld.RULES,
                world.now);
        assertThat(step.changedEntries()).extracting(WaitlistEntry::status).containsExactly(WaitlistStatus.OFFERED);
    }

    @Test
    void whatIsShutIsNoAlternative() {
        DayWorld world = aWorld();
        assertThat(world.book("19:00", 2)).isInstanceOf(Accepted.class);
        assertThat(((Taken) world.book("19:00", 2)).alternatives()).isNotEmpty();
        world.now = AT_FOUR;
        Wish staff = wish("19:00", 2).overriding(Limit.CUTOFF);
        assertThat(((Taken) world.book(staff, Optional.empty())).alternatives())
                .as("they can have these with the same override")
                .isNotEmpty();
    }

    @Test
    void aCutoffIsByTheClockOnTheWallOfTheServiceDate() {
        VenueBuilder night =
                aVenue().in("America/New_York").seating("20:00", "02:00", 60).withTable("T1", 1, 2);
        assertThat(closing(night.closingAt("16:00"), "2026-11-28")).containsOnly(Instant.parse("2026-11-28T21:00:00Z"));
        LocalDate spring = LocalDate.of(2027, 3, 14);
        assertThat(closing(night.closingAt("02:30"), spring.toString()))
                .as("there is no half past two: the clock shows half past three")
                .containsOnly(Instant.parse("2027-03-14T07:30:00Z"));
        assertThat(closing(night.closingAt("01:30"), "2026-11-01"))
                .as("of two half past ones the first")
                .containsOnly(Instant.parse("2026-11-01T05:30:00Z"));
        assertThat(closing(night.closingAt("00:00"), "2026-11-28"))
                .as("nobody books for the same day")
                .containsOnly(Instant.parse("2026-11-28T05:00:00Z"));
    }

    private static List<Instant> closing(VenueBuilder venue, String date) {
        return SlotGrid.of(venue.build(), LocalDate.parse(date)).slots().stream()
                .flatMap(slot -> slot.closesAt().stream())
                .toList();
    }

    private static DayWorld aWorld() {
        return new DayWorld(aVenue().closingAt("16:00").calledAt("+33140000000").withTable("T1", 1, 4));
    }

    private static int left(DayWorld world, String time) {
        return world.day.document(world.now).left(LocalTime.parse(time), 2, world.now);
    }
}
