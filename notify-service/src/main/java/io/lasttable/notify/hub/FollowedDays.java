package io.lasttable.notify.hub;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DaySource;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.kafka.DayListener;
import io.lasttable.notify.kafka.RecentDays;
import io.lasttable.notify.snapshot.Answer;
import io.lasttable.notify.snapshot.DaySnapshots;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The days that some shard follows, and the ways to those shards from the feed and from snapshots. A state is parsed once and
 * handed to the shards that watch its day; nobody else does any work for it.
 */
@Singleton
class FollowedDays implements DayListener {

    private final RecentDays recent;
    private final DaySnapshots snapshots;
    private final Followers<DayKey> followers = new Followers<>();

    FollowedDays(RecentDays recent, DaySnapshots snapshots) {
        this.recent = recent;
        this.snapshots = snapshots;
        snapshots.start(followers::has, this::answered);
    }

    int size() {
        return followers.size();
    }

    @Override
    public boolean follows(DayKey key) {
        return followers.has(key);
    }

    @Override
    public void day(DayState state) {
        followers.tell(state.key(), shard -> shard.take(state));
    }

    @Override
    public void removed(DayKey key) {
        followers.tell(key, shard -> shard.days().removed(key));
    }

    private void answered(DayKey key, Answer<DayState> answer) {
        if (answer instanceof Answer.Found<DayState> found) {
            day(found.state());
        } else if (answer instanceof Answer.Missing<DayState> missing) {
            followers.tell(key, shard -> shard.days().missing(key, missing.code(), missing.message()));
        } else {
            followers.tell(key, shard -> shard.days().unavailable(key));
        }
    }

    /** Where a shard's watches get their days from. */
    DaySource of(Shard shard) {
        return new Source(this, shard);
    }

    private record Source(FollowedDays days, Shard shard) implements DaySource {

        @Override
        public void follow(DayKey key) {
            days.followers.add(key, shard);
        }

        @Override
        public void leave(DayKey key) {
            days.followers.remove(key, shard);
        }

        @Override
        public Optional<DayState> recent(DayKey key) {
            return days.recent.of(key);
        }

        @Override
        public void fetch(DayKey key) {
            days.snapshots.fetch(key);
        }
    }
}
