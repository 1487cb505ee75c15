package io.lasttable.booking.day;

import static io.lasttable.booking.day.DayWorld.RULES;
import static io.lasttable.booking.day.DayWorld.SATURDAY;
import static io.lasttable.booking.day.DayWorld.toTime;
import static io.lasttable.booking.day.DayWorld.wish;
import static io.lasttable.booking.day.DayWorld.won;
import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Refusal.ComesAlready;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.venue.SameGuest;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same guest twice at a time. */
class GuestbookTest {

    private long ids;

    @Test
    void theSameNumberOrAddressIsTheSameGuestHoweverSpelt() {
        DayWorld world = world(SameGuest.REFUSE);
        assertThat(book(world, "19:00", guest("Ada", "José@müller.de", "+33123456789")))
                .isInstanceOf(Accepted.class);
        assertThat(book(world, "19:30", guest("A. L.", "josé@xn--mller-kva.de", null)))
                .isInstanceOf(ComesAlready.class);
        assertThat(book(world, "19:30", guest("Somebody", null, "+33123456789")))
                .isInstanceOf(ComesAlready.class);
        assertThat(book(world, "19:30", guest("Ada", "ada@example.org", null))).isInstanceOf(Accepted.class);
        assertThat(book(world, "19:30", guest("Ada", null, null)))
                .as("a name makes nobody the same")
                .isInstanceOf(Accepted.class);
    }

    @Test
    void onlyOverlappingTimesCount() {
        DayWorld world = world(SameGuest.REFUSE);
        Guest ada = guest("Ada", null, "+33123456789");
        Reservation early = won(book(world, "18:30", ada));
        assertThat(book(world, "20:00", ada))
                .as("until eight the first, from eight the second")
                .isInstanceOf(Accepted.class);
        assertThat(world.amend(early, toTime("19:00"))).isInstanceOf(ComesAlready.class);
        assertThat(world.turn(early.id(), Status.CANCELLED)).isInstanceOf(Accepted.class);
        assertThat(book(world, "18:30", ada)).isInstanceOf(Accepted.class);
    }

    @Test
    void aVenueThatWarnsGrantsItAndNamesTheOther() {
        DayWorld world = world(SameGuest.WARN);
        Guest ada = guest("Ada", null, "+33123456789");
        Reservation first = won(book(world, "19:00", ada));
        Accepted second = (Accepted) book(world, "19:30", ada);
        assertThat(second.other()).contains(new OtherVisit(first.id(), LocalTime.of(19, 0), false));
        assertThat(((Accepted) book(world(SameGuest.ALLOW), "19:00", ada)).other())
                .isEmpty();
    }

    @Test
    void aHoldIsJudgedWhenItsGuestIsKnown() {
        DayWorld world = world(SameGuest.REFUSE);
        Guest ada = guest("Ada", null, "+33123456789");
        Reservation held = won(world.hold("19:00", 2, 300));
        assertThat(book(world, "19:00", ada)).isInstanceOf(Accepted.class);
        assertThat(world.run(new Command.Confirm(held.id(), Optional.of(ada), OptionalLong.empty())))
                .isInstanceOf(ComesAlready.class);
    }

    @Test
    void theGuestOfAReservationThatWasNotLoadedWholeIsKnownToo() {
        DayWorld world = world(SameGuest.REFUSE);
        Guest ada = guest("Ada", null, "+33123456789");
        Reservation first = won(book(world, "19:00", ada));
        world.day = Day.load(world.day.version(), world.day.plan(), List.of(first.stay()), List.of())
                .knowing(Map.of(first.id(), ada));
        assertThat(book(world, "19:00", guest("A", null, "+33123456789"))).isInstanceOf(ComesAlready.class);
    }

    @Test
    void whoIsToComeOrWaitsDoesNotWaitForTheSameTimeAsWell() {
        DayWorld world = world(SameGuest.REFUSE);
        Guest ada = guest("Ada", null, "+33123456789");
        assertThat(book(world, "18:30", ada)).isInstanceOf(Accepted.class);
        assertThat(join(world, "19:30", "20:00", ada)).isInstanceOf(ComesAlready.class);
        Decision joined = join(world, "20:00", "21:00", guest("Ada", null, "+33123456789"));
        assertThat(joined).isInstanceOf(Listed.class);
        DayWorld full =
                new DayWorld(aVenue().whoseGuestsComeTwice(SameGuest.REFUSE).withTable("T1", 1, 4));
        assertThat(book(full, "19:00", guest("Bo", null, null))).isInstanceOf(Accepted.class);
        assertThat(book(full, "19:00", ada)).as("a lost race first").isInstanceOf(Taken.class);
        assertThat(join(full, "19:00", "19:00", ada)).isInstanceOf(Listed.class);
        assertThat(join(full, "18:30", "19:00", ada)).isInstanceOf(ComesAlready.class);
        assertThat(join(full, "20:30", "21:00", ada)).isInstanceOf(Listed.class);
    }

    private static DayWorld world(SameGuest policy) {
        VenueBuilder venue = aVenue().whoseGuestsComeTwice(policy);
        for (int table = 1; table <= 5; table++) {
            venue.withTable("T" + table, 1, 4);
        }
        return new DayWorld(venue);
    }

    private Decision book(DayWorld world, String time, Guest guest) {
        return world.run(new Command.Book(
                new UUID(5, ids++),
                wish(time, 2),
                Optional.of(guest),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private Decision join(DayWorld world, String from, String to, Guest guest) {
        WaitlistWish wish = new WaitlistWish(SATURDAY, LocalTime.parse(from), LocalTime.parse(to), 2, Optional.empty());
        DayStep step = DayStep.of(
                new TreeMap<>(Map.of(SATURDAY, world.day)),
                List.of(Request.of(new Command.Join(new UUID(6, ids++), wish, guest))),
                Map.of(),
                RULES,
                world.now);
        world.day = step.days().get(SATURDAY);
        return step.decisions().get(0);
    }

    private Guest guest(String name, String email, String phone) {
        return new Guest(new UUID(4, ids++), Optional.of(name), Optional.ofNullable(email), Optional.ofNullable(phone));
    }
}
