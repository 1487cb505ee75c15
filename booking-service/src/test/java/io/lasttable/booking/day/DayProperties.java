package io.lasttable.booking.day;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.venue.Venue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random lives of a day, each step compared with a model too simple to be wrong. */
class DayProperties {

    private static final int STEPS = 60;

    @Property(tries = 300)
    void everyStepIsWhatTheNaiveModelAllows(@ForAll long seed) {
        Random random = new Random(seed);
        Venue venue = aVenueFrom(random);
        DayWorld world = new DayWorld(venue);
        List<UUID> known = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            world.now = world.now.plusSeconds(random.nextInt(120));
            if (known.isEmpty() || random.nextInt(3) > 0) {
                book(world, random, known);
            } else {
                change(world, random, known.get(random.nextInt(known.size())));
            }
            world.day = world.day.after(world.day.expireHolds(world.now));
            assertNoTableIsGivenTwice(world);
            assertDocumentCountsWhatIsFree(world, venue);
        }
    }

    private static void book(DayWorld world, Random random, List<UUID> known) {
        List<Slot> slots = world.day.plan().grid().slots();
        String time = slots.get(random.nextInt(slots.size())).time().toString();
        int party = 1 + random.nextInt(6);
        boolean possible = NaiveDay.left(world.day, time, party, world.now) > 0;
        Decision decision =
                random.nextBoolean() ? world.book(time, party) : world.hold(time, party, 30 + random.nextInt(300));

        assertThat(decision instanceof Accepted)
                .as("%s for %s: %s", time, party, decision)
                .isEqualTo(possible);
        if (decision instanceof Accepted accepted) {
            Reservation made = accepted.change().after();
            assertThat(NaiveDay.fits(world.day.plan().venue(), made)).isTrue();
            known.add(made.id());
        }
    }

    private static void change(DayWorld world, Random random, UUID id) {
        Status before = world.day.reservation(id).orElseThrow().status();
        Status to = Status.values()[random.nextInt(Status.values().length)];
        if (to == Status.EXPIRED || to == Status.HELD) {
            return;
        }
        Decision decision = to == Status.CONFIRMED ? world.confirm(id) : world.turn(id, to);
        boolean inTime = to == Status.CONFIRMED || to == Status.CANCELLED;
        if (decision instanceof Accepted) {
            assertThat(before.next()).contains(to);
            assertThat(inTime).as("weeks before its start").isTrue();
        } else if (to != Status.CONFIRMED && inTime) {
            assertThat(before.next()).doesNotContain(to);
        }
    }

    private static void assertNoTableIsGivenTwice(DayWorld world) {
        List<Stay> stays = world.day.occupancy().stays();
        for (Stay one : stays) {
            for (Stay other : stays) {
                if (!one.equals(other) && one.overlaps(other.startsAt(), other.until())) {
                    assertThat(one.tables()).doesNotContainAnyElementsOf(other.tables());
                }
            }
        }
    }

    private static void assertDocumentCountsWhatIsFree(DayWorld world, Venue venue) {
        Instant now = world.now;
        for (DayDocument.SlotState state : world.day.document(now).slots()) {
            String time = state.slot().time().toString();
            for (int party = 1; party <= venue.largestParty(); party++) {
                assertThat(state.left()[party])
                        .as("%s for %s", time, party)
                        .isEqualTo(NaiveDay.left(world.day, time, party, now));
            }
        }
    }

    private static Venue aVenueFrom(Random random) {
        VenueBuilder venue = aVenue();
        int tables = 2 + random.nextInt(4);
        for (int table = 0; table < tables; table++) {
            int min = 1 + random.nextInt(2);
            venue.withTable("T" + table, min, min + random.nextInt(4));
        }
        venue.withCombination(4, 6, "T1", "T0");
        return random.nextBoolean() ? venue.pacedAt(4 + random.nextInt(6)).build() : venue.build();
    }
}
