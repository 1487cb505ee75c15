package io.lasttable.booking.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

    private static final String OLD = "the-key-of-before-0123456789abcdef";
    private static final String NEW = "the-key-from-now-on-0123456789abcdef";
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final WatchTokens before = new WatchTokens(SigningKeys.of(OLD, Optional.empty()));
    private final WatchTokens told = new WatchTokens(SigningKeys.of(OLD, Optional.of(NEW)));
    private final WatchTokens rotated = new WatchTokens(SigningKeys.of(NEW, Optional.of(OLD)));
    private final WatchTokens after = new WatchTokens(SigningKeys.of(NEW, Optional.empty()));

    @Test
    void tokensOfEachStepAreGoodInTheNextAndTheOneBefore() {
        assertThat(idIn(token(before), told)).isEqualTo(ID);
        assertThat(idIn(token(told), rotated)).isEqualTo(ID);
        assertThat(idIn(token(rotated), told)).isEqualTo(ID);
        assertThat(idIn(token(rotated), after)).isEqualTo(ID);
    }

    @Test
    void aTokenOfAKeyThatIsGoneIsRefused() {
        assertThatThrownBy(() -> idIn(token(before), after)).isInstanceOf(Problem.class);
        WatchTokens stranger =
                new WatchTokens(SigningKeys.of("a-key-of-somebody-else-0123456789abcdef", Optional.empty()));
        assertThatThrownBy(() -> idIn(token(stranger), rotated)).isInstanceOf(Problem.class);
    }

    private static String token(WatchTokens replica) {
        return replica.forReservation(new VenueId("rotation"), ID, Instant.now().plus(Duration.ofHours(1)));
    }

    private static UUID idIn(String token, WatchTokens replica) {
        return replica.require(WatchTokens.Kind.RESERVATION, token).id();
    }
}
