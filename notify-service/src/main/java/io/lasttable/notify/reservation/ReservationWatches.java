package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outbox;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The private views of the clients of one event loop; pure, as {@code DayWatches} is. Who may watch has been decided
 * before; here a watch ends when the token that allowed it does. A guest's view joins exactly: changes are kept from the
 * moment of the watch, booking-service tells the state, the higher version wins.
 */
public final class ReservationWatches {

    private final ReservationSource source;
    private final Map<Subject, WatchedSubject> subjects = new HashMap<>();
    private final Map<String, Set<VenueWatch>> venues = new HashMap<>();
    private final TreeSet<Expiring> byExpiry =
            new TreeSet<>(Comparator.<Expiring>comparingLong(watch -> watch.validUntilSeconds)
                    .thenComparingLong(watch -> watch.serial));
    private long serial;

    public ReservationWatches(ReservationSource source) {
        this.source = source;
    }

    /**
     * @param token the watch token, checked already; handed on to booking-service
     * @param validUntilSeconds when the token ends, seconds since 1970
     */
    public void watch(Outbox outbox, String ref, Subject subject, String token, long validUntilSeconds) {
        if (!outbox.admits(ref)) {
            return;
        }
        WatchedSubject watched = subjects.get(subject);
        boolean first = watched == null;
        if (first) {
            watched = new WatchedSubject(subject);
            subjects.put(subject, watched);
            source.follow(subject);
        }
        SubjectWatch watch = new SubjectWatch(this, outbox, ref, watched, validUntilSeconds, serial++);
        watched.watchers.add(watch);
        byExpiry.add(watch);
        outbox.begin(watch);
        if (first) {
            source.fetch(subject, token);
        }
    }

    /** @param validUntilSeconds when the bearer token ends, seconds since 1970 */
    public void watchVenue(Outbox outbox, String ref, String venueId, long validUntilSeconds) {
        if (!outbox.admits(ref)) {
            return;
        }
        Set<VenueWatch> watchers = venues.get(venueId);
        if (watchers == null) {
            watchers = new LinkedHashSet<>();
            venues.put(venueId, watchers);
            source.followVenue(venueId);
        }
        VenueWatch watch = new VenueWatch(this, outbox, ref, venueId, validUntilSeconds, serial++);
        watchers.add(watch);
        byExpiry.add(watch);
        outbox.begin(watch);
    }

    /** A change from the feed. */
    public void take(Change change) {
        snapshot(change);
        for (VenueWatch watch : List.copyOf(venues.getOrDefault(change.venueId(), Set.of()))) {
            watch.add(change);
            watch.outbox().offer(watch);
        }
    }

    /** A state from booking-service, or a change: news only to those who watch the subject itself. */
    public void snapshot(Change change) {
        WatchedSubject watched = subjects.get(change.subject());
        if (watched != null && watched.take(change)) {
            List.copyOf(watched.watchers).forEach(watch -> watch.outbox().offer(watch));
        }
    }

    /** The subject does not exist, or its token is not accepted; a change that came meanwhile proves otherwise. */
    public void missing(Subject subject, String code, String message) {
        WatchedSubject watched = subjects.get(subject);
        if (watched != null && !watched.isKnown()) {
            for (SubjectWatch watch : List.copyOf(watched.watchers)) {
                watch.outbox().end(watch, code, message);
            }
        }
    }

    /** The state cannot be had for now; the watches stay, and their clients are told that nothing is known yet. */
    public void unavailable(Subject subject) {
        WatchedSubject watched = subjects.get(subject);
        if (watched != null && !watched.isKnown()) {
            for (SubjectWatch watch : List.copyOf(watched.watchers)) {
                watch.outbox()
                        .reply(Message.error(
                                watch.ref(), "not-yet-known", "The state cannot be read now; it will follow."));
            }
        }
    }

    /** Whether a state from booking-service is still of use. */
    public boolean wants(Subject subject) {
        WatchedSubject watched = subjects.get(subject);
        return watched != null && !watched.isKnown();
    }

    /** Ends the watches whose token is no longer valid. */
    public void expire(long nowSeconds) {
        while (!byExpiry.isEmpty() && byExpiry.first().validUntilSeconds <= nowSeconds) {
            Expiring watch = byExpiry.first();
            watch.outbox().end(watch, "token-expired", "The token has expired; watch again with a new one.");
        }
    }

    void left(SubjectWatch watch) {
        byExpiry.remove(watch);
        watch.watched.watchers.remove(watch);
        if (watch.watched.watchers.isEmpty()) {
            subjects.remove(watch.watched.subject);
            source.leave(watch.watched.subject);
        }
    }

    void left(VenueWatch watch) {
        byExpiry.remove(watch);
        Set<VenueWatch> watchers = venues.get(watch.venueId);
        watchers.remove(watch);
        if (watchers.isEmpty()) {
            venues.remove(watch.venueId);
            source.leaveVenue(watch.venueId);
        }
    }
}
