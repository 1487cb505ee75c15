package io.lasttable.booking.day;

import java.util.Optional;
import java.util.UUID;

/**
 * Who comes. Stays in the booking database; everyone else sees {@code ref} only.
 *
 * @param name empty after an erasure
 */
public record Guest(UUID ref, Optional<String> name, Optional<String> email, Optional<String> phone) {

    @Override
    public String toString() {
        return "Guest[" + ref + "]";
    }
}
