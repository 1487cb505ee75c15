package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.until;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Unchanged;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.day.Refusal.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What staff may override by its name, and what nobody may. */
class OverrideTest {

    private static final Set<Limit> ALL = EnumSet.allOf(Limit.class);
    private static final Instant AT_SEVEN = Instant.parse("2026-11-28T18:00:00Z");

    @Test
    void theNoticeUntilTheSlotIsOver() {
        DayWorld world = new DayWorld(aVenue().noticeOf(Duration.ofHours(4)).withTable("T1", 1, 4));
        world.now = AT_SEVEN.plusSeconds(29 * 60);
        assertThat(world.book("19:00", 2)).isInstanceOf(NotBookable.class);
        assertThat(book(world, wish("19:00", 2), EnumSet.complementOf(EnumSet.of(Limit.NOTICE))))
                .isInstanceOf(NotBookable.class);
        world.now = AT_SEVEN.plusSeconds(30 * 60);
        assertThat(book(world, wish("19:00", 2), ALL))
                .asInstanceOf(type(NotBookable.class))
                .returns(Reason.OUTSIDE_BOOKING_WINDOW, NotBookable::reason);
        world.now = AT_SEVEN.plusSeconds(29 * 60);
        assertThat(book(world, wish("19:00", 2), Set.of(Limit.NOTICE))).isInstanceOf(Accepted.class);
    }

    @Test
    void theWindowForTwoYears() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        world.now = AT_SEVEN.minus(Duration.ofDays(400));
        assertThat(world.book("19:00", 2)).isInstanceOf(NotBookable.class);
        assertThat(book(world, wish("19:00", 2), Set.of(Limit.WINDOW))).isInstanceOf(Accepted.class);
        assertThat(world.day.document(world.now).slots())
                .as("others see nothing of a date beyond the window")
                .isEmpty();
        world.now = AT_SEVEN.minus(Duration.ofDays(800));
        assertThat(book(world, wish("21:00", 2), ALL)).isInstanceOf(NotBookable.class);
    }

    @Test
    void thePacing() {
        DayWorld world = new DayWorld(
                aVenue().pacedAt(2).withTable("T1", 1, 4).withTable("T2", 1, 4).withTable("T3", 1, 4));
        assertThat(world.book("19:00", 2)).isInstanceOf(Accepted.class);
        assertThat(world.book("19:00", 2)).isInstanceOf(Taken.class);
        assertThat(book(world, wish("19:00", 4), Set.of(Limit.PACING))).isInstanceOf(Accepted.class);
    }

    @Test
    void aBlock() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        world.day = world.day.closedBy(List.of(BlockTest.hours("19:00", "20:30")));
        assertThat(book(world, wish("19:00", 2), EnumSet.complementOf(EnumSet.of(Limit.BLOCK))))
                .isInstanceOf(Taken.class);
        Reservation made = won(book(world, wish("19:00", 2), Set.of(Limit.BLOCK)));
        ReservationPatch patch = DayWorld.toTime("19:30");
        assertThat(world.amend(made, patch)).isInstanceOf(Taken.class);
        assertThat(world.amend(made, overriding(patch, Limit.BLOCK))).isInstanceOf(Accepted.class);
    }

    @Test
    void theLengthOfAStay() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        Instant late = Instant.parse("2026-11-28T22:30:00Z");
        Reservation made = won(book(world, wish("19:00", 2), Set.of(Limit.LENGTH), Optional.of(late)));
        assertThat(made.endsAt()).isEqualTo(late);
        assertThat(world.book("22:00", 2)).isInstanceOf(Taken.class);
        assertThat(world.amend(made, until("2026-11-28T20:00:00Z"))).isInstanceOf(IllegalTransition.class);
        Instant early = Instant.parse("2026-11-28T20:00:00Z");
        assertThat(won(world.amend(made, overriding(until(early.toString()), Limit.LENGTH)))
                        .endsAt())
                .isEqualTo(early);
        assertThat(won(world.book("21:00", 2)).time())
                .isEqualTo(wish("21:00", 2).time());
        assertThat(world.amend(made, overriding(until(late.toString()), Limit.LENGTH)))
                .as("no override gives a table twice")
                .isInstanceOf(Taken.class);
        assertThat(book(world, wish("18:30", 2), Set.of(Limit.LENGTH), Optional.of(AT_SEVEN.minusSeconds(7200))))
                .isInstanceOf(Mistaken.class);
        assertThat(book(world, wish("18:30", 2), Set.of(Limit.LENGTH), Optional.of(AT_SEVEN.plusSeconds(400_000))))
                .isInstanceOf(Mistaken.class);
    }

    @Test
    void whatIsNotNeededDoesNoHarm() {
        DayWorld world = new DayWorld(aVenue().withTable("T1", 1, 4));
        Reservation made = won(book(world, wish("19:00", 2), ALL));
        assertThat(made.endsAt()).isEqualTo(AT_SEVEN.plus(Duration.ofMinutes(90)));
        assertThat(book(world, wish("19:00", 2), ALL))
                .as("a table is given once, whatever is overridden")
                .isInstanceOf(Taken.class);
        assertThat(world.amend(made, overriding(DayWorld.toTime("19:00"), Limit.PACING)))
                .isInstanceOf(Unchanged.class);
        assertThat(made.date()).isEqualTo(SATURDAY);
    }

    private static Decision book(DayWorld world, Wish wish, Set<Limit> overrides) {
        return book(world, wish, overrides, Optional.empty());
    }

    private static Decision book(DayWorld world, Wish wish, Set<Limit> overrides, Optional<Instant> endsAt) {
        return world.book(
                new Wish(
                        wish.date(),
                        wish.time(),
                        wish.partySize(),
                        wish.area(),
                        wish.tables(),
                        false,
                        overrides,
                        endsAt),
                Optional.empty());
    }

    private static ReservationPatch overriding(ReservationPatch patch, Limit limit) {
        return new ReservationPatch(
                patch.date(),
                patch.time(),
                patch.partySize(),
                patch.area(),
                patch.tables(),
                patch.endsAt(),
                patch.guest(),
                patch.note(),
                patch.labels(),
                Set.of(limit));
    }
}
