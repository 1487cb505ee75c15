package io.lasttable.availability.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.availability.day.Day;
import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.day.PartySize;
import io.lasttable.availability.venue.Position;
import io.lasttable.availability.venue.Venue;
import io.lasttable.availability.venue.VenueDocument;
import io.lasttable.availability.world.Examples;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers are tested on the owner's examples. */
class ContractTest {

    @Test
    void theExampleDayIsRead() {
        Day day = DayDocument.read(Examples.value("day-updated"));
        assertThat(day.key()).hasToString("chez-nous/2026-11-28");
        assertThat(day.version()).isEqualTo(18);
        assertThat(day.openFor(new PartySize(2), Instant.parse("2026-11-28T12:00:00Z")))
                .extracting("time")
                .containsExactly(LocalTime.of(18, 30), LocalTime.of(19, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":18 | \"version\":18.5",
                "\"version\":18 | \"version\":99999999999999999999",
                "\"version\":18 | \"version\":0",
                "\"2\":3 | \"2\":\"3\"",
                "\"2\":3 | \"two\":3",
                "2026-11-28T17:30:00Z | 17:30",
                "2026-11-28T17:30:00Z | 2026-12-24T17:30:00Z",
                "PT30M | P99999999D"
            })
    void aDayThatDoesNotHoldToTheContractIsRefused(String said, String instead) {
        String example = Examples.value("day-updated");
        assertThat(example).contains(said);
        assertThatThrownBy(() -> Change.DayState.read(example.replace(said, instead)))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    @Test
    void theExampleVenueIsRead() {
        Venue venue = VenueDocument.read(Examples.value("venue-published"));
        assertThat(venue.id()).hasToString("chez-nous");
        assertThat(venue.version()).isEqualTo(3);
        assertThat(venue.zone()).hasToString("Europe/Paris");
        assertThat(venue.position()).isEqualTo(new Position(48.8566, 2.3522));
        assertThat(venue.cuisines()).containsExactly("french", "seafood");
    }
}
