package io.lasttable.availability.day;

import static io.lasttable.availability.world.DayEvent.aDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.Examples;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a party reads of a stored day is what the whole day says of it. */
class PartyViewProperties {

    private static final Instant SIX = Instant.parse("2099-11-27T17:00:00Z");

    @Property(tries = 300)
    void aPartySeesTheSlotsThatTheWholeDayHasForIt(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 12) int partySize,
            @ForAll @IntRange(min = -60, max = 400) int minutes) {
        String document = day(random).json();
        Instant now = SIX.plusSeconds(minutes * 60L);
        PartySize party = new PartySize(partySize);
        Day whole = DayDocument.read(document);
        Day seen = DayDocument.readFor(party, document);
        assertThat(seen.key()).isEqualTo(whole.key());
        assertThat(seen.version()).isEqualTo(whole.version());
        assertThat(seen.minNotice()).isEqualTo(whole.minNotice());
        assertThat(seen.hasPassedSlots(now)).isEqualTo(whole.hasPassedSlots(now));
        assertThat(seen.openFor(party, now).stream().map(slot -> text(seen, slot, party)))
                .isEqualTo(whole.openFor(party, now).stream()
                        .map(slot -> text(whole, slot, party))
                        .toList());
    }

    @Property
    void timesAreReadAsJavaTimeReadsThem(
            @ForAll @IntRange(max = 1439) int minute,
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second) {
        LocalTime time = LocalTime.ofSecondOfDay(minute * 60L);
        assertThat(WireTimes.time(time.toString())).isEqualTo(time);
        Instant instant = Instant.ofEpochSecond(second);
        assertThat(WireTimes.instant(instant.toString())).isEqualTo(instant);
        assertThat(WireTimes.instant(instant.plusMillis(5).toString())).isEqualTo(instant.plusMillis(5));
    }

    @Example
    void timesThatDoNotExistAreRefused() {
        for (String time : List.of("24:00", "19:60", "7:00", "19h00", "")) {
            assertThatThrownBy(() -> WireTimes.time(time)).isInstanceOf(DateTimeException.class);
        }
        for (String instant : List.of("2027-02-29T18:00:00Z", "2027-02-28T25:00:00Z", "2027-02-28 18:00:00Z")) {
            assertThatThrownBy(() -> WireTimes.instant(instant)).isInstanceOf(DateTimeException.class);
        }
    }

    @Example
    void fieldsThatItDoesNotKnowArePassedOver() {
        String document =
                Examples.value("day-updated").replace("\"slots\"", "\"added\":{\"later\":[1,{\"a\":2}]},\"slots\"");
        Day seen = DayDocument.readFor(new PartySize(2), document);
        assertThat(seen.openFor(new PartySize(2), Instant.parse("2026-11-28T12:00:00Z")))
                .hasSize(2);
    }

    private static String text(Day day, Slot slot, PartySize party) {
        return slot.time() + " " + slot.startsAt() + " " + day.localStart(slot) + " " + slot.leftFor(party);
    }

    private static DayEvent day(Random random) {
        DayEvent day = aDay("v", "2099-11-27").version(1 + random.nextInt(99));
        int slots = random.nextInt(26);
        for (int n = 0; n < slots; n++) {
            String time = "%02d:%02d".formatted((18 + n / 4) % 24, n % 4 * 15);
            String left = IntStream.rangeClosed(1, 12)
                    .filter(party -> random.nextBoolean())
                    .mapToObj(party -> "\"" + party + "\":" + (1 + random.nextInt(4)))
                    .collect(Collectors.joining(",", "{", "}"));
            day = day.slot(time, SIX.plusSeconds(n * 900L), left);
        }
        return day;
    }
}
