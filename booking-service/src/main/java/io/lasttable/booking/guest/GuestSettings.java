package io.lasttable.booking.guest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** Guests' personal data. */
@ConfigMapping(prefix = "lasttable.guests")
interface GuestSettings {

    /**
     * How long after the service date names, contacts and notes are kept, in whole days: {@code P730D}. When absent they
     * are kept until an erasure, since what cannot be undone is not done unasked.
     */
    Optional<Period> retention();

    /** How often a replica looks for guests whose time is over. */
    @WithDefault("PT1H")
    Duration sweepInterval();

    /**
     * Guests that a replica forgets in a second, on the average. Each is told as a {@code guest.erased}, and the first run over
     * years has millions to tell: it shall not fill outbox, Kafka and the changes feed faster than they are read.
     */
    @WithDefault("100")
    @Min(1) int forgottenPerSecond();
}
