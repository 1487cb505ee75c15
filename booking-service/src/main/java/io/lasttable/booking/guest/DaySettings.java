package io.lasttable.booking.guest;

import io.smallrye.config.ConfigMapping;
import java.time.Period;
import java.util.Optional;

/** Days that are over. */
@ConfigMapping(prefix = "lasttable.days")
interface DaySettings {

    /**
     * How long after the service date a day stays at all, with its reservations, their history and its waitlist, in whole days, 30 or
     * more: {@code P1825D}. Needs {@code lasttable.guests.retention}, which may not be longer. When absent nothing is ever deleted.
     */
    Optional<Period> retention();
}
