package io.lasttable.booking.daybook;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayWorld;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomSeenTest {

    private final DayWorld world =
            new DayWorld(aVenue().withTable("T1", 1, 2).withTable("T2", 1, 2).withTable("T3", 1, 2));
    private final RoomSeen room = new RoomSeen();
    private final DayKey day = new DayKey(world.day.plan().venue().id(), DayWorld.SATURDAY);

    @Test
    void aDayThatWasNeverSeenIsLookedAt() {
        assertThat(isPlenty(DayWorld.wish("19:00", 2))).isFalse();
    }

    @Test
    void aStateIsTrustedForFewerRequestsThanItHasTablesLeft() {
        room.saw(world.day.document(world.now));
        assertThat(trusted(10)).isEqualTo(2);
    }

    @Test
    void theNextStateIsTrustedAnew() {
        room.saw(world.day.document(world.now));
        assertThat(trusted(10)).isEqualTo(2);
        assertThat(DayWorld.won(world.book("19:00", 2)).tables()).hasSize(1);
        room.saw(world.day.document(world.now));
        assertThat(trusted(10)).isEqualTo(1);
    }

    @Test
    void anOlderStateThatComesLateIsOfNoUse() {
        DayDocument older = world.day.document(world.now);
        IntStream.range(0, 3)
                .forEach(table -> assertThat(world.book("19:00", 2)).isInstanceOf(Decision.Accepted.class));
        room.saw(world.day.document(world.now));
        room.saw(older);
        assertThat(trusted(10)).isZero();
    }

    @Test
    void whatTheStateDoesNotCountIsLookedAt() {
        room.saw(world.day.document(world.now));
        Wish wish = DayWorld.wish("19:00", 2);
        Wish inAnArea = new Wish(wish.date(), wish.time(), 2, Optional.of("main"), List.of(), false);
        Wish atATable = new Wish(wish.date(), wish.time(), 2, Optional.empty(), List.of("T1"), false);
        Wish walkIn = new Wish(wish.date(), wish.time(), 2, Optional.empty(), List.of(), true);
        assertThat(List.of(inAnArea, atATable, walkIn, DayWorld.wish("19:10", 2), DayWorld.wish("19:00", 9)))
                .noneMatch(this::isPlenty);
    }

    @Test
    void aSlotThatHasBegunIsLookedAt() {
        room.saw(world.day.document(world.now));
        Instant seven = world.day
                .plan()
                .grid()
                .at(DayWorld.wish("19:00", 2).time())
                .orElseThrow()
                .startsAt();
        assertThat(room.isPlenty(day, DayWorld.wish("19:00", 2), seven)).isFalse();
        assertThat(room.isPlenty(day, DayWorld.wish("19:00", 2), seven.minusSeconds(1)))
                .isTrue();
    }

    private long trusted(int asked) {
        return IntStream.range(0, asked)
                .filter(i -> isPlenty(DayWorld.wish("19:00", 2)))
                .count();
    }

    private boolean isPlenty(Wish wish) {
        return room.isPlenty(day, wish, world.now);
    }
}
