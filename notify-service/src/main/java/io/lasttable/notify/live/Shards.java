package io.lasttable.notify.live;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DaySource;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.feed.Answer;
import io.lasttable.notify.feed.DaySnapshots;
import io.lasttable.notify.feed.Feed;
import io.lasttable.notify.feed.FeedListener;
import io.lasttable.notify.feed.FeedProgress;
import io.lasttable.notify.feed.RecentDays;
import io.lasttable.notify.feed.ReservationSnapshots;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.ReservationSource;
import io.lasttable.notify.reservation.Subject;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One {@link Shard} per event loop, and the ways from the feed and from snapshots to those shards that follow what they
 * bring. A state is parsed once and handed to the shards that watch its day; nobody else does any work for it.
 */
@Singleton
public class Shards implements FeedListener, ShardSources {

    /** Told to every client, also to one that connects later, while Kafka cannot be heard. */
    private static final Message DELAYED = Message.of("feed", null, "\"state\":\"delayed\"}");

    private static final Message LIVE = Message.of("feed", null, "\"state\":\"live\"}");

    private final NotifyConfig config;
    private final LiveMetrics metrics;
    private final RecentDays recent;
    private final DaySnapshots daySnapshots;
    private final ReservationSnapshots reservationSnapshots;
    private final FeedProgress progress;
    private final Map<EventLoop, Shard> shards = new ConcurrentHashMap<>();
    private final Followers<DayKey> days = new Followers<>();
    private final Followers<Subject> subjects = new Followers<>();
    private final Followers<String> venues = new Followers<>();

    Shards(
            NotifyConfig config,
            LiveMetrics metrics,
            RecentDays recent,
            DaySnapshots daySnapshots,
            ReservationSnapshots reservationSnapshots,
            FeedProgress progress) {
        this.config = config;
        this.metrics = metrics;
        this.recent = recent;
        this.daySnapshots = daySnapshots;
        this.reservationSnapshots = reservationSnapshots;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event, Feed feed) {
        metrics.observe(this::connections, days::size);
        daySnapshots.start(days::has, this::answered);
        reservationSnapshots.start(subjects::has, this::answeredFor);
        feed.start(this);
    }

    /** The shard of an event loop. */
    public Shard of(EventLoop loop) {
        Shard known = shards.get(loop);
        return known != null ? known : shards.computeIfAbsent(loop, this::begin);
    }

    private Shard begin(EventLoop loop) {
        Shard shard = new Shard(loop, config, metrics, this);
        shard.start();
        return shard;
    }

    /** Open sockets and streams. */
    public int connections() {
        return shards.values().stream().mapToInt(Shard::size).sum();
    }

    /** Tells a new peer what all have been told. */
    public void welcome(Peer peer) {
        if (progress.isStalled()) {
            peer.tell(DELAYED);
        }
    }

    /**
     * Sends some clients away, from each shard its part.
     *
     * @param reconnectWithinMillis each is asked to come back after a random time up to this
     */
    public void sendAway(int most, long reconnectWithinMillis) {
        int all = Math.max(1, connections());
        LongSupplier spread = () -> ThreadLocalRandom.current().nextLong(reconnectWithinMillis + 1);
        for (Shard shard : shards.values()) {
            int part = (int) Math.ceil((double) most * shard.size() / all);
            shard.execute(() -> shard.sendAway(part, spread));
        }
    }

    @Override
    public boolean follows(DayKey key) {
        return days.has(key);
    }

    @Override
    public boolean follows(Subject subject, String venueId) {
        return venues.has(venueId) || subjects.has(subject);
    }

    @Override
    public void day(DayState state) {
        each(days.of(state.key()), shard -> shard.take(state));
    }

    @Override
    public void dayRemoved(DayKey key) {
        each(days.of(key), shard -> shard.days().removed(key));
    }

    @Override
    public void change(Change change) {
        Set<Shard> ofVenue = venues.of(change.venueId());
        each(ofVenue, shard -> shard.reservations().take(change));
        for (Shard shard : subjects.of(change.subject())) {
            if (!ofVenue.contains(shard)) {
                shard.execute(() -> shard.reservations().take(change));
            }
        }
    }

    @Override
    public void stalled(boolean stalled) {
        Message message = stalled ? DELAYED : LIVE;
        each(Set.copyOf(shards.values()), shard -> shard.forEach(peer -> peer.tell(message)));
    }

    private static void each(Set<Shard> shards, Consumer<Shard> action) {
        shards.forEach(shard -> shard.execute(() -> action.accept(shard)));
    }

    private void answered(DayKey key, Answer<DayState> answer) {
        if (answer instanceof Answer.Found<DayState> found) {
            day(found.state());
        } else if (answer instanceof Answer.Missing<DayState> missing) {
            each(days.of(key), shard -> shard.days().missing(key, missing.code(), missing.message()));
        } else {
            each(days.of(key), shard -> shard.days().unavailable(key));
        }
    }

    private void answeredFor(Subject subject, Answer<Change> answer) {
        Set<Shard> followers = subjects.of(subject);
        if (answer instanceof Answer.Found<Change> found) {
            each(followers, shard -> shard.reservations().snapshot(found.state()));
        } else if (answer instanceof Answer.Missing<Change> missing) {
            each(followers, shard -> shard.reservations().missing(subject, missing.code(), missing.message()));
        } else {
            each(followers, shard -> shard.reservations().unavailable(subject));
        }
    }

    @Override
    public DaySource days(Shard shard) {
        return new DaySource() {
            @Override
            public void follow(DayKey key) {
                days.add(key, shard);
            }

            @Override
            public void leave(DayKey key) {
                days.remove(key, shard);
            }

            @Override
            public Optional<DayState> recent(DayKey key) {
                return recent.of(key);
            }

            @Override
            public void fetch(DayKey key) {
                daySnapshots.fetch(key);
            }
        };
    }

    @Override
    public ReservationSource reservations(Shard shard) {
        return new ReservationSource() {
            @Override
            public void follow(Subject subject) {
                subjects.add(subject, shard);
            }

            @Override
            public void leave(Subject subject) {
                subjects.remove(subject, shard);
                if (!subjects.has(subject)) {
                    reservationSnapshots.forget(subject);
                }
            }

            @Override
            public void followVenue(String venueId) {
                venues.add(venueId, shard);
            }

            @Override
            public void leaveVenue(String venueId) {
                venues.remove(venueId, shard);
            }

            @Override
            public void fetch(Subject subject, String token) {
                reservationSnapshots.fetch(subject, token);
            }
        };
    }
}
