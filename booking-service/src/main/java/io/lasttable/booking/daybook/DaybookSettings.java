package io.lasttable.booking.daybook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How days are kept: who may wait for them, what time does to them, and what happens at the table. */
@ConfigMapping(prefix = "lasttable")
public interface DaybookSettings {

    /** How often a replica looks for dates that have come into a venue's booking window. */
    @WithDefault("PT10M")
    Duration rollInterval();

    Queue queue();

    Hold hold();

    Waitlist waitlist();

    Service service();

    /** Group commit: requests that wait for a day whose transaction is in flight. */
    interface Queue {

        /** Requests that may wait for one day; past it a request is refused as overloaded. */
        @WithDefault("2000")
        @Min(1) int maxWaiting();

        /** Requests for any day that may be under way in this process; past it a request is refused as overloaded. */
        @WithDefault("20000")
        @Min(1) int maxTotal();

        /** Transactions for days that may be under way in this process before those who come next share one. */
        @WithDefault("2")
        @Min(1) @Max(100) int writers();

        /** Days of any venues that may share a transaction; 1 for a transaction of its own for each. */
        @WithDefault("8")
        @Min(1) @Max(100) int maxDays();

        /** Requests that are decided in one transaction. */
        @WithDefault("100")
        @Min(1) @Max(1000) int maxBatch();
    }

    /** Holds that run out. */
    interface Hold {

        /** How often a replica looks for holds that have run out; the news of one is at most this late. */
        @WithDefault("PT0.25S")
        Duration sweepInterval();

        /** How long the first alternative is kept for a loser who asked for it with {@code holdAlternative}. */
        @WithDefault("PT2M")
        Duration alternativeDuration();
    }

    /** Those who wait for a table. */
    interface Waitlist {

        /** How long an offer is kept before it passes to the next in line. */
        @WithDefault("PT15M")
        Duration offerDuration();

        /** Entries that may be open for one day of a venue; past it joining is refused. */
        @WithDefault("500")
        @Min(1) @Max(10000) int maxWaiting();
    }

    /** What happens at the table. */
    interface Service {

        /** How long before its start a party may be seated, and so finish. */
        @WithDefault("PT2H")
        Duration seatEarly();

        /** How long after its start a party that has not come may be marked as a no-show. */
        @WithDefault("PT0S")
        Duration noShowAfter();
    }
}
