package io.lasttable.availability.projection;

import static org.assertj.core.api.Assertions.assertThat;

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
