package io.lasttable.booking.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a guest that was changed may still be the same person. */
class HandoverTest {

    private static final Guest ADA = guest("Ada", "ada@example.org", "+33199005566");

    @Test
    void oneContactThatStaysIsEnough() {
        assertThat(ADA.mayBe(guest("Ada Lovelace", "ADA@example.org", null))).isTrue();
        assertThat(ADA.mayBe(guest("Countess", "other@example.org", "+33199005566")))
                .isTrue();
    }

    @Test
    void otherContactsAreAnotherGuestWhateverTheyAreCalled() {
        assertThat(ADA.mayBe(guest("Ada", "other@example.org", null))).isFalse();
        assertThat(ADA.mayBe(guest("Zoe", null, "+33199005567"))).isFalse();
    }

    @Test
    void withoutContactsTheNameTells() {
        assertThat(ADA.mayBe(guest("Ada", null, null))).isTrue();
        assertThat(guest("Ada", null, null).mayBe(ADA)).isTrue();
        assertThat(guest("Ada", null, null).mayBe(guest("Zoe", null, null))).isFalse();
        assertThat(ADA.mayBe(guest("Zoe", null, null))).isFalse();
    }

    private static Guest guest(String name, String email, String phone) {
        return new Guest(UUID.randomUUID(), Optional.of(name), Optional.ofNullable(email), Optional.ofNullable(phone));
    }
}
