package io.lasttable.booking.venue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What guests may do themselves with what they have booked.
 *
 * @param notice by what they may do, how long before the start it is too late for it; what is not in it they may not
 */
public record GuestChanges(Map<Action, Duration> notice) {

    /** Everything, until the start. */
    public static final GuestChanges DEFAULT = new GuestChanges(everything());

    /** What a guest may want. */
    public enum Action {
        CANCEL,
        /** Another date, time or area. */
        MOVE,
        /** Another size. */
        PARTY,
        NOTE,
        /** Their own name, address and number. */
        CONTACT;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GuestChanges {
        Map<Action, Duration> ordered = new EnumMap<>(Action.class);
        ordered.putAll(notice);
        notice = Collections.unmodifiableMap(ordered);
    }

    private static Map<Action, Duration> everything() {
        Map<Action, Duration> all = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            all.put(action, Duration.ZERO);
        }
        return all;
    }

    /** Until when, of what starts then; empty when never. */
    public Optional<Instant> until(Action action, Instant start) {
        return Optional.ofNullable(notice.get(action)).map(start::minus);
    }
}
