package io.lasttable.booking.webhook;

import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.WaitlistStatus;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a webhook can ask for: the types of the changes feed, and what is said about webhooks themselves. */
final class EventTypes {

    static final String PAUSED = "io.lasttable.webhook.paused";

    /** Told whatever was asked for: changes are missing. */
    static final String GAP = "io.lasttable.webhook.gap";

    static final String TEST = "io.lasttable.webhook.test";

    static final Set<String> KNOWN = Stream.of(
                    Stream.of(ReservationChange.Kind.values()).map(kind -> "io.lasttable.reservation." + kind.label()),
                    Stream.of("io.lasttable.waitlist.joined", "io.lasttable.waitlist.changed"),
                    Stream.of(WaitlistStatus.values())
                            .filter(status -> status != WaitlistStatus.WAITING)
                            .map(status -> "io.lasttable.waitlist." + status.label()),
                    Stream.of("io.lasttable.guest.erased", PAUSED))
            .flatMap(types -> types)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private EventTypes() {}
}
