package io.lasttable.booking.daybook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Wish;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this replica's last transaction on a day left of it. A hint, and only of whether to look before the lock is asked for:
 * a look is there to keep those away who cannot win, and where there is plenty of room nobody needs to be kept away. What a
 * request is answered is decided under the lock all the same.
 *
 * <p>A day that has filled up meanwhile, through another replica, costs those who trusted the hint a lock; the first of them
 * brings the newer state along. So that a crowd cannot come that way, a state is trusted for no more requests than it has
 * tables left, less {@link #KEPT_BACK}.
 */
final class RoomSeen {

    private static final int MOST_DAYS = 4_000;
    private static final int KEPT_BACK = 1;

    /** What is known of what a request wants. */
    enum Room {
        /** Nobody needs to be kept away. */
        PLENTY,
        /** Few can win, or none, or it is not counted how many. */
        LITTLE,
        /** The day was not seen here. */
        UNKNOWN
    }

    private record Seen(DayDocument state, AtomicInteger trusted) {}

    private final Cache<DayKey, Seen> days =
            Caffeine.newBuilder().maximumSize(MOST_DAYS).build();

    /** A committed state; an older one than is known already is of no use. */
    void saw(DayDocument state) {
        Seen newest = days.asMap()
                .merge(
                        state.key(),
                        new Seen(state, new AtomicInteger()),
                        (known, seen) -> seen.state().version() > known.state().version() ? seen : known);
        assert newest.state().version() >= state.version();
    }

    /** For one more request; one that is told of plenty counts against what the others are told. */
    Room of(DayKey day, Wish wish, Instant now) {
        Seen seen = days.getIfPresent(day);
        boolean special = !wish.tables().isEmpty()
                || wish.area().isPresent()
                || wish.walkIn()
                || wish.endsAt().isPresent();
        if (seen == null) {
            return Room.UNKNOWN;
        }
        if (special) {
            return Room.LITTLE;
        }
        int left = seen.state().left(wish.time(), wish.partySize(), now) - KEPT_BACK;
        boolean isPlenty = left > seen.trusted().get() && left > seen.trusted().getAndIncrement();
        return isPlenty ? Room.PLENTY : Room.LITTLE;
    }
}
