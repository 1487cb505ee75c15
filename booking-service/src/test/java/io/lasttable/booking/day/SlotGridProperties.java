package io.lasttable.booking.day;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Wall clocks of every zone, around their changes, past midnight and on leap days. */
class SlotGridProperties {

    @Property(tries = 400)
    void everySlotIsTheFirstInstantOfItsWallClockTime(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = 40) int change,
            @ForAll @IntRange(min = -1, max = 1) int shift,
            @ForAll @IntRange(max = 47) int first,
            @ForAll @IntRange(max = 47) int length,
            @ForAll("intervals") int interval) {
        LocalDate date = aChangeOf(zone, change).plusDays(shift);
        LocalTime from = LocalTime.MIDNIGHT.plusMinutes(30L * first);
        LocalTime to = from.plusMinutes(30L * length);
        Venue venue = aVenue().in(zone.getId())
                .seating(from.toString(), to.toString(), interval)
                .withTable("T1", 1, 2)
                .build();
        SlotGrid grid = SlotGrid.of(venue, date);

        Instant before = Instant.MIN;
        for (Slot slot : grid.slots()) {
            LocalDateTime wall = LocalDateTime.ofInstant(slot.startsAt(), zone);
            assertThat(wall.toLocalTime()).isEqualTo(slot.time());
            assertThat(wall.toLocalDate()).isIn(date, date.plusDays(1));
            assertThat(slot.startsAt()).isAfter(before);
            assertThat(zone.getRules().getValidOffsets(wall).get(0))
                    .as("a time that is repeated means its first occurrence")
                    .isEqualTo(zone.getRules().getOffset(slot.startsAt()));
            assertThat(grid.skips(slot.time())).isFalse();
            before = slot.startsAt();
        }
        long starts = Duration.ofMinutes(30L * length).toMinutes() / interval + 1;
        long skipped = from.equals(to) || !to.isBefore(from) ? skippedOn(grid, from, interval, starts) : -1;
        if (skipped >= 0) {
            assertThat(grid.slots().size() + skipped).isEqualTo(starts);
        }
    }

    private static long skippedOn(SlotGrid grid, LocalTime from, int interval, long starts) {
        long skipped = 0;
        for (long i = 0; i < starts; i++) {
            skipped += grid.skips(from.plusMinutes(i * interval)) ? 1 : 0;
        }
        return skipped;
    }

    @Property(tries = 60)
    void aLeapDayIsADayLikeAnyOther(@ForAll("zones") ZoneId zone, @ForAll @IntRange(min = 507, max = 530) int quarter) {
        LocalDate leapDay = LocalDate.of(quarter * 4, 2, 28).plusDays(1);
        Venue venue = aVenue().in(zone.getId()).withTable("T1", 1, 2).build();
        assertThat(leapDay.getDayOfMonth()).isEqualTo(quarter * 4 % 100 == 0 && quarter * 4 % 400 != 0 ? 1 : 29);
        assertThat(SlotGrid.of(venue, leapDay).slots()).hasSize(8);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted()
                .map(ZoneId::of)
                .toList();
        return Arbitraries.of(zones);
    }

    @Provide
    Arbitrary<Integer> intervals() {
        return Arbitraries.of(15, 30, 45, 60);
    }

    /** The date of one of the zone's coming clock changes; an ordinary one where it has none. */
    private static LocalDate aChangeOf(ZoneId zone, int index) {
        Instant from = Instant.parse("2024-01-01T00:00:00Z");
        for (int i = 0; i <= index; i++) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(from);
            if (next == null) {
                return LocalDate.of(2026, 11, 28);
            }
            from = next.getInstant();
        }
        return from.atZone(zone).toLocalDate();
    }
}
