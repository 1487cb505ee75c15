package io.lasttable.booking.daybook;

import java.util.Map;
import java.util.Optional;

/**
 * What opens one reservation or waitlist entry to whoever holds it, and what may be done with it.
 *
 * @param watch to see how it stands, without personal data
 * @param manage the guest's own: to read, change and cancel it
 * @param guestChanges by what the guest may do, until when
 * @param calendar the address of its calendar entry, which shows when it is
 */
public record Links(
        Optional<String> watch,
        Optional<String> manage,
        Optional<Map<String, String>> guestChanges,
        Optional<String> calendar) {

    public static final Links NONE = new Links(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Links of(String watch, Optional<String> manage) {
        return new Links(Optional.of(watch), manage, Optional.empty(), Optional.empty());
    }

    public Links with(Map<String, String> allowed) {
        return new Links(watch, manage, Optional.of(allowed), calendar);
    }

    public Links calendar(String address) {
        return new Links(watch, manage, guestChanges, Optional.of(address));
    }
}
