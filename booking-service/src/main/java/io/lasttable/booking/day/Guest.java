package io.lasttable.booking.day;

import io.lasttable.booking.contact.Email;
import java.util.Optional;
import java.util.UUID;

/**
 * Who comes. Stays in the booking database; everyone else sees {@code ref} only.
 *
 * @param name empty after an erasure
 */
public record Guest(UUID ref, Optional<String> name, Optional<String> email, Optional<String> phone) {

    /** Whether number or address are the same, however they are spelt. */
    boolean isSameAs(Guest other) {
        return phone.isPresent() && phone.equals(other.phone)
                || key(email)
                        .filter(key -> Optional.of(key).equals(key(other.email)))
                        .isPresent();
    }

    /** Whether it may be the same person with another name or contact: something that both have is the same. */
    boolean mayBe(Guest other) {
        return isSameAs(other) || name.equals(other.name) && !(isReached() && other.isReached());
    }

    private boolean isReached() {
        return phone.isPresent() || email.isPresent();
    }

    private static Optional<String> key(Optional<String> email) {
        return email.flatMap(Email::parse).map(Email::key);
    }

    @Override
    public String toString() {
        return "Guest[" + ref + "]";
    }
}
