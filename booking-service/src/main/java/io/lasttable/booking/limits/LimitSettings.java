package io.lasttable.booking.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** What one client may ask for. */
@ConfigMapping(prefix = "lasttable.limits")
interface LimitSettings {

    /** Requests per second that a client may keep up on one replica. */
    @WithDefault("500")
    @Min(1) int perSecond();

    /** Requests that a client may send at once. */
    @WithDefault("1000")
    @Min(1) int burst();

    /** Long polls of the changes feed that a client may have waiting on one replica. */
    @WithDefault("100")
    @Min(1) int pollsPerClient();

    /** Holds that a client may win in one venue within a minute on one replica, held alternatives among them. */
    @WithDefault("300")
    @Min(1) int holdsPerMinute();

    /** Waitlist entries that a client may make in one venue within a minute on one replica. */
    @WithDefault("120")
    @Min(1) int joinsPerMinute();

    /**
     * Bookings, holds and waitlist entries together that one address may make in one venue within a minute on one replica
     * with tokens of a publishable key.
     */
    @WithDefault("20")
    @Min(1) int guestBookingsPerMinute();

    /** Tokens that one address may get for the publishable keys of one venue within a minute on one replica. */
    @WithDefault("30")
    @Min(1) int guestTokensPerMinute();

    /** Questions for such tokens that one address may ask within a minute on one replica, with any key or none that there is. */
    @WithDefault("120")
    @Min(1) int guestQuestionsPerMinute();

    /** Imports that a client may have running on one replica. */
    @WithDefault("2")
    @Min(1) int importsPerClient();

    /**
     * Proxies in front that append to X-Forwarded-For: with 1 the last entry is the caller. 0: the peer's own address
     * counts. A request without the header comes from inside the cluster, and its peer counts.
     */
    @WithDefault("1")
    @Min(0) @Max(5) int proxies();

    /** Addresses that are never limited. */
    @WithDefault("127.0.0.1,::1,0:0:0:0:0:0:0:1")
    List<String> exempt();
}
