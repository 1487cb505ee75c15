package io.lasttable.booking.profile;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.Phone;
import java.util.Locale;
import java.util.Optional;

/**
 * An address or a number of a guest, in the one form that it has however it is written.
 *
 * @param value {@link Email#key} or {@link Phone#e164}
 */
record Contact(Kind kind, String value) {

    enum Kind {
        EMAIL,
        PHONE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    static Optional<Contact> email(String text) {
        return Email.parse(text).map(address -> new Contact(Kind.EMAIL, address.key()));
    }

    /** @param where numbers without a country are dialled */
    static Optional<Contact> phone(String text, Optional<Country> where) {
        return Phone.parse(text, where).map(number -> new Contact(Kind.PHONE, number.e164()));
    }

    @Override
    public String toString() {
        return "Contact[" + kind + "]";
    }
}
