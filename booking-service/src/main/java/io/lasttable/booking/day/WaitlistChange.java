package io.lasttable.booking.day;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One step of one waitlist entry.
 *
 * @param kind the last word of the event's type, {@code io.lasttable.waitlist.<kind>}
 * @param position while it waits: its place among those of the day who wait, from 1, as the step left it then
 * @param origin what made it; absent where it is only told again
 */
public record WaitlistChange(String kind, WaitlistEntry after, OptionalInt position, Optional<Origin> origin) {

    /** What is true of an entry, told again. */
    public static WaitlistChange asItIs(WaitlistEntry entry, OptionalInt position) {
        String kind = entry.status() == WaitlistStatus.WAITING
                ? "joined"
                : entry.status().label();
        return new WaitlistChange(kind, entry, position, Optional.empty());
    }
}
