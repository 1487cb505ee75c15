package io.lasttable.notify.hub;

import io.lasttable.notify.kafka.ChangeListener;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.ReservationSource;
import io.lasttable.notify.reservation.Subject;
import io.lasttable.notify.snapshot.Answer;
import io.lasttable.notify.snapshot.ReservationSnapshots;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/** The reservations, waitlist entries and venues that some shard follows; as {@link FollowedDays} for days. */
@Singleton
class FollowedReservations implements ChangeListener {

    private final ReservationSnapshots snapshots;
    private final Followers<Subject> subjects = new Followers<>();
    private final Followers<String> venues = new Followers<>();

    FollowedReservations(ReservationSnapshots snapshots) {
        this.snapshots = snapshots;
        snapshots.start(subjects::has, this::answered);
    }

    @Override
    public boolean follows(Subject subject, String venueId) {
        return venues.has(venueId) || subjects.has(subject);
    }

    @Override
    public void change(Change change) {
        Set<Shard> both = new HashSet<>(venues.of(change.venueId()));
        both.addAll(subjects.of(change.subject()));
        both.forEach(shard -> shard.execute(() -> shard.reservations().take(change)));
    }

    private void answered(Subject subject, Answer<Change> answer) {
        if (answer instanceof Answer.Found<Change> found) {
            subjects.tell(subject, shard -> shard.reservations().snapshot(found.state()));
        } else if (answer instanceof Answer.Missing<Change> missing) {
            subjects.tell(subject, shard -> shard.reservations().missing(subject, missing.code(), missing.message()));
        } else {
            subjects.tell(subject, shard -> shard.reservations().unavailable(subject));
        }
    }

    /** Where a shard's watches get their changes from. */
    ReservationSource of(Shard shard) {
        return new Source(this, shard);
    }

    private record Source(FollowedReservations reservations, Shard shard) implements ReservationSource {

        @Override
        public void follow(Subject subject) {
            reservations.subjects.add(subject, shard);
        }

        @Override
        public void leave(Subject subject) {
            reservations.subjects.remove(subject, shard);
            if (!reservations.subjects.has(subject)) {
                reservations.snapshots.forget(subject);
            }
        }

        @Override
        public void followVenue(String venueId) {
            reservations.venues.add(venueId, shard);
        }

        @Override
        public void leaveVenue(String venueId) {
            reservations.venues.remove(venueId, shard);
        }

        @Override
        public void fetch(Subject subject, String token) {
            reservations.snapshots.fetch(subject, token);
        }
    }
}
