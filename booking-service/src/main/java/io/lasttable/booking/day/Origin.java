package io.lasttable.booking.day;

import java.util.List;
import java.util.Optional;

/**
 * What made a change: kept in the history. The news tell the kind of actor and the cause.
 *
 * @param overrides limits that the request set aside, by name
 * @param trace W3C trace context of the request that it belongs to, when it is one's own
 */
public record Origin(Actor actor, Cause cause, List<String> overrides, Optional<String> trace) {

    static final Origin EXPIRY = system(Cause.EXPIRED);
    static final Origin OFFER = system(Cause.OFFERED);
    static final Origin VENUE = system(Cause.VENUE_CHANGED);

    public Origin {
        overrides = List.copyOf(overrides);
    }

    private static Origin system(Cause cause) {
        return new Origin(Actor.SYSTEM, cause, List.of(), Optional.empty());
    }

    Origin because(Cause other) {
        return new Origin(actor, other, overrides, trace);
    }
}
