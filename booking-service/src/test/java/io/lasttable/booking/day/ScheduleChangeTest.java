package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A venue's new version and who is on its days already; and what a schedule can never seat. */
class ScheduleChangeTest {

    @Test
    void anotherZoneStrandsEverybodyWhoseLocalTimeWouldBeAnotherInstant() {
        DayWorld world = new DayWorld(aVenue().seating("12:00", "22:00", 30).withTable("T1", 1, 2));
        Reservation ada = won(world.book("19:00", 2));
        VenueBuilder same = aVenue().seating("12:00", "22:00", 30).withTable("T1", 1, 2);
        assertThat(stranded(world, same.in("America/New_York"))).containsExactly(ada);
        assertThat(stranded(world, same.in("Europe/London"))).containsExactly(ada);
        assertThat(stranded(world, same.in("Europe/Brussels"))).isEmpty();
    }

    @Test
    void whoNoLongerFitsWhereTheySitIsStranded() {
        DayWorld world = new DayWorld(
                aVenue().withTable("T1", 1, 6).withTable("T2", 1, 2).withCombination(7, 8, "T1", "T2"));
        Reservation six = won(world.book("19:00", 6));
        Reservation eight = won(world.book("21:30", 8));
        VenueBuilder smaller =
                aVenue().withTable("T1", 1, 2).withTable("T2", 1, 2).withCombination(3, 4, "T1", "T2");
        assertThat(stranded(world, smaller)).containsExactlyInAnyOrder(six, eight);
        VenueBuilder apart = aVenue().withTable("T1", 1, 6).withTable("T2", 1, 2);
        assertThat(stranded(world, apart)).containsExactly(eight);
    }

    @Test
    void aMereHoldEndsWithItsSlotAndBlocksNothing() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        Reservation hold = won(world.hold("19:00", 2, 300));
        VenueBuilder later = aVenue().seating("20:00", "22:00", 30).withTable("T1", 1, 2);
        assertThat(stranded(world, later)).isEmpty();
        DayStep step = ScheduleChange.step(Map.of(DayWorld.SATURDAY, change(world, later)), DayWorld.RULES, world.now);
        assertThat(step.changedReservations())
                .extracting(Reservation::id, Reservation::status)
                .containsExactly(tuple(hold.id(), Status.EXPIRED));
    }

    @Test
    void whatANewVersionHasToGiveIsOfferedToTheLineInTheSameStep() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2));
        assertThat(won(world.book("19:00", 2)).tables()).containsExactly("T1");
        WaitlistEntry waiting = joined(world, "19:00", "19:00");
        VenueBuilder larger = aVenue().withTable("T1", 1, 2).withTable("T2", 1, 2);
        DayStep step = ScheduleChange.step(Map.of(DayWorld.SATURDAY, change(world, larger)), DayWorld.RULES, world.now);
        assertThat(step.changedEntries())
                .extracting(WaitlistEntry::id, WaitlistEntry::status)
                .containsExactly(tuple(waiting.id(), WaitlistStatus.OFFERED));
    }

    @Test
    void whoWaitsForLaterHoursThatAreNewWaitsAsLongAsTheyLast() {
        DayWorld world = new DayWorld(aVenue().seating("18:30", "20:00", 30).withTable("T1", 1, 2));
        assertThat(won(world.book("19:00", 2)).tables()).containsExactly("T1");
        WaitlistEntry waiting = joined(world, "19:00", "22:00");
        assertThat(waiting.closesAt()).isEqualTo("2026-11-28T19:00:00Z");
        VenueBuilder longer =
                aVenue().seating("18:30", "20:30", 30).withTable("T1", 1, 2).turningIn(Duration.ofHours(3));
        DayStep step = ScheduleChange.step(Map.of(DayWorld.SATURDAY, change(world, longer)), DayWorld.RULES, world.now);
        assertThat(step.waitlistChanges())
                .extracting(WaitlistChange::kind, each -> each.after().closesAt())
                .startsWith(tuple("changed", Instant.parse("2026-11-28T19:30:00Z")));
    }

    @Test
    void whatCanNeverBeSeatedIsNotCalledTaken() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 2, "main")
                .withTable("T2", 4, 6, "terrace")
                .pacedAt(5));
        assertThat(world.book("19:00", 3))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.NO_TABLE_FOR_PARTY, NotBookable::reason)
                .returns(List.of(1, 2, 4, 5), NotBookable::partySizes);
        assertThat(world.book("19:00", 6))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.PARTY_TOO_LARGE, NotBookable::reason);
        assertThat(world.book(
                        new Wish(DayWorld.SATURDAY, LocalTime.of(19, 0), 2, Optional.of("roof"), List.of(), false),
                        Optional.empty()))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.NO_SUCH_AREA, NotBookable::reason);
        assertThat(join(world, "19:00", "20:00", 3).decisions().get(0)).isInstanceOf(NotBookable.class);
    }

    @Test
    void aRangePassesMidnightOnlyWhereAServiceDoes() {
        DayWorld evening = new DayWorld(aVenue().withTable("T1", 1, 2));
        assertThat(join(evening, "21:00", "19:00", 2).decisions().get(0)).isInstanceOf(Mistaken.class);
        DayWorld night = new DayWorld(aVenue().seating("20:00", "02:00", 30).withTable("T1", 1, 2));
        WaitlistEntry waiting = joined(night, "23:00", "00:30");
        assertThat(waiting.offer())
                .hasValueSatisfying(offer -> assertThat(offer.time()).hasToString("23:00"));
        assertThat(joined(night, "00:30", "01:00").offer())
                .hasValueSatisfying(offer -> assertThat(offer.time()).hasToString("00:30"));
    }

    @Test
    void aTurnOfADayReachesAsManyDatesAsItLasts() {
        assertThat(new DayPlan(aVenue().withTable("T1", 1, 2).build(), DayWorld.SATURDAY).reach())
                .isEqualTo(1);
        VenueBuilder night = aVenue().seating("20:00", "02:00", 30).turningIn(Duration.ofHours(24));
        assertThat(new DayPlan(night.withTable("T1", 1, 2).build(), DayWorld.SATURDAY).reach())
                .isEqualTo(2);
    }

    private static List<Reservation> stranded(DayWorld world, VenueBuilder next) {
        return change(world, next).stranded(world.now);
    }

    static ScheduleChange change(DayWorld world, VenueBuilder next) {
        DayPlan plan = new DayPlan(next.build(), DayWorld.SATURDAY);
        List<Reservation> known = world.day.active().toList();
        Day after = Day.load(
                world.day.version(), plan, known.stream().map(Reservation::stay).toList(), known, world.day.waiting());
        return new ScheduleChange(Optional.of(world.day), after, false);
    }

    static WaitlistEntry joined(DayWorld world, String from, String to) {
        DayStep step = join(world, from, to, 2);
        world.day = step.days().get(DayWorld.SATURDAY);
        return step.changedEntries().get(0);
    }

    static DayStep join(DayWorld world, String from, String to, int partySize) {
        UUID id = UUID.nameUUIDFromBytes((from + to).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        WaitlistWish wish = new WaitlistWish(
                wish(from, 2).date(), LocalTime.parse(from), LocalTime.parse(to), partySize, Optional.empty());
        return DayStep.of(
                new TreeMap<>(Map.of(DayWorld.SATURDAY, world.day)),
                List.of(Request.of(new Command.Join(id, wish, DayWorld.GUEST))),
                Map.of(),
                DayWorld.RULES,
                world.now);
    }
}
