package io.lasttable.booking.daybook;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayWorld;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.daybook.RoomSeen.Room;
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
    void ofADayThatWasNeverSeenNothingIsKnown() {
        assertThat(of(DayWorld.wish("19:00", 2))).isEqualTo(Room.UNKNOWN);
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
        assertThat(List.of(inAnArea, atATable, walkIn))
                .allSatisfy(special -> assertThat(of(special)).isEqualTo(Room.LITTLE));
    }

    @Test
    void whatCannotBeHadHasLittleRoom() {
        room.saw(world.day.document(world.now));
        assertThat(List.of(DayWorld.wish("19:10", 2), DayWorld.wish("19:00", 9)))
                .allSatisfy(wish -> assertThat(of(wish)).isEqualTo(Room.LITTLE));
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
        assertThat(room.of(day, DayWorld.wish("19:00", 2), seven)).isEqualTo(Room.LITTLE);
        assertThat(room.of(day, DayWorld.wish("19:00", 2), seven.minusSeconds(1)))
                .isEqualTo(Room.PLENTY);
    }

    private long trusted(int asked) {
        return IntStream.range(0, asked)
                .filter(i -> of(DayWorld.wish("19:00", 2)) == Room.PLENTY)
                .count();
    }

    private Room of(Wish wish) {
        return room.of(day, wish, world.now);
    }
}
