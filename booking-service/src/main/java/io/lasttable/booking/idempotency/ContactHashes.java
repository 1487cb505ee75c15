package io.lasttable.booking.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Keyed hashes of contacts: a stored answer is found by the contact in it, and tells nobody who that is. */
@ApplicationScoped
class ContactHashes {

    private final KeyedHash hash;

    ContactHashes(KeyedHash hash) {
        this.hash = hash;
    }

    /** In whatever case; null without one, as the column has it. */
    String ofEmail(Optional<String> email) {
        return email.map(address -> hash.of("email\n" + address.toLowerCase(Locale.ROOT)))
                .orElse(null);
    }

    /** However it is written: its digits count. */
    String ofPhone(Optional<String> phone) {
        return phone.map(number -> hash.of("phone\n" + number.replaceAll("[^0-9]", "")))
                .orElse(null);
    }
}
