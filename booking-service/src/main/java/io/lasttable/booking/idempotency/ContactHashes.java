package io.lasttable.booking.idempotency;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.daybook.Sought;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/** Keyed hashes of contacts: a stored answer is found by the contact in it, and tells nobody who that is. */
@ApplicationScoped
class ContactHashes {

    private final KeyedHash hash;

    ContactHashes(KeyedHash hash) {
        this.hash = hash;
    }

    /** However it is written; null without one, as the column has it. */
    String ofEmail(Optional<String> email) {
        return email.map(address -> Email.parse(address).map(Email::key).orElse(address))
                .map(ContactHashes::address)
                .map(hash::of)
                .orElse(null);
    }

    /** Of its digits; null without one. */
    String ofPhone(Optional<String> phone) {
        return phone.map(number -> hash.of(digits(number.replaceAll("[^0-9]", ""))))
                .orElse(null);
    }

    /** Under which answers to this guest may be found, of today and of before addresses and numbers had one form. */
    String[] ofAddresses(Sought sought) {
        return Stream.concat(sought.email().map(Email::key).stream(), sought.addresses().stream())
                .flatMap(key -> hash.each(secret -> secret.of(address(key))).stream())
                .toArray(String[]::new);
    }

    String[] ofNumbers(Sought sought) {
        return sought.digits().stream()
                .flatMap(number -> hash.each(secret -> secret.of(digits(number))).stream())
                .toArray(String[]::new);
    }

    private static String address(String key) {
        return "email\n" + key;
    }

    private static String digits(String digits) {
        return "phone\n" + digits;
    }
}
