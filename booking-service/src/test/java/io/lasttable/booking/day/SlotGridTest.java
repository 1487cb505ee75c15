package io.lasttable.booking.day;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotGridTest {

    @ParameterizedTest(name = "{0} {1} {2} does not exist")
    @CsvSource({
        "America/Nuuk,        2026-03-28, 23:00",
        "America/New_York,    2026-03-08, 02:30",
        "Australia/Lord_Howe, 2026-10-04, 02:00",
        "Pacific/Chatham,     2026-09-27, 02:45",
    })
    void aTimeThatTheClocksSkipHasNoSlot(String zone, LocalDate date, LocalTime time) {
        SlotGrid grid = grid(zone, date, time.toString(), time.toString());

        assertThat(grid.at(time)).isEmpty();
        assertThat(grid.skips(time)).isTrue();
    }

    @ParameterizedTest(name = "{0} {1} {2} means {3}")
    @CsvSource({
        "Africa/Cairo,        2026-10-29, 23:00, 2026-10-29T20:00:00Z",
        "America/New_York,    2026-11-01, 01:30, 2026-11-01T05:30:00Z",
        "Australia/Lord_Howe, 2026-04-05, 01:45, 2026-04-04T14:45:00Z",
        "Europe/Paris,        2026-10-25, 02:30, 2026-10-25T00:30:00Z",
    })
    void aTimeThatTheClocksRepeatMeansTheFirst(String zone, LocalDate date, LocalTime time, Instant instant) {
        SlotGrid grid = grid(zone, date, time.toString(), time.toString());

        assertThat(grid.slots()).extracting(Slot::startsAt).containsExactly(instant);
    }

    @Test
    void aServicePastMidnightKeepsTheDateItBeganOn() {
        SlotGrid grid = grid("Europe/Paris", LocalDate.parse("2028-02-28"), "23:00", "01:00");

        assertThat(grid.slots())
                .extracting(slot -> slot.time().toString())
                .containsExactly("23:00", "23:30", "00:00", "00:30", "01:00");
        assertThat(grid.at(LocalTime.parse("01:00")).orElseThrow().startsAt()).isEqualTo("2028-02-29T00:00:00Z");
    }

    @Test
    void aLeapDayHasSlotsLikeAnyOther() {
        assertThat(grid("Europe/Paris", LocalDate.parse("2028-02-29"), "18:00", "20:00")
                        .slots())
                .hasSize(5);
    }

    @Property(tries = 300)
    void slotsRiseAndReadBackAsTheirLocalTime(
            @ForAll @IntRange(max = 5) int zone,
            @ForAll @IntRange(max = 1500) int day,
            @ForAll @IntRange(max = 95) int quarter) {
        String id = List.of(
                        "Europe/Paris", "America/Nuuk", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Chatham", "UTC")
                .get(zone);
        LocalDate date = LocalDate.of(2026, 1, 1).plusDays(day);
        String from = LocalTime.ofSecondOfDay(quarter * 900L).toString();
        String to = LocalTime.ofSecondOfDay((quarter + 20) % 96 * 900L).toString();
        SlotGrid grid = grid(id, date, from, to);

        Instant before = Instant.MIN;
        for (Slot slot : grid.slots()) {
            assertThat(slot.startsAt()).isAfter(before);
            assertThat(slot.startsAt().atZone(java.time.ZoneId.of(id)).toLocalTime())
                    .isEqualTo(slot.time());
            before = slot.startsAt();
        }
        assertThat(grid.slots()).hasSizeBetween(5, 11);
    }

    @Test
    void turnTimesAreElapsedTime() {
        Slot slot = grid("Europe/Paris", LocalDate.parse("2026-10-25"), "02:30", "02:30")
                .slots()
                .get(0);

        assertThat(slot.turnTime(2)).contains(Duration.ofMinutes(90));
    }

    private static SlotGrid grid(String zone, LocalDate date, String from, String to) {
        return SlotGrid.of(
                aVenue().in(zone).seating(from, to, 30).withTable("T1", 1, 2).build(), date);
    }
}
