package io.lasttable.booking.changes;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.outbox.FeedGrown;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.signal.Signal;
import io.lasttable.booking.signal.Signals;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Long polls that wait for changes. A waiting poll is an entry in memory: no thread, no connection, no statement. News of a
 * venue, from the relay of this process or by {@link Signal} from another, lead to one read for all that wait at the same
 * cursor; one statement a second for all waiting polls together covers signals that got lost.
 *
 * <p>A poll registers before it first reads, so that nothing that commits in between is missed.
 */
@ApplicationScoped
class LongPolls {

    private record Place(long cursor, int limit) {}

    private record Poll(Place place, UniEmitter<? super FeedPage> answer) {}

    private final Map<VenueId, Set<Poll>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ChangeFeed feed;
    private final Signals signals;
    private final Background background;
    private final Context context;
    private final ChangesSettings settings;

    LongPolls(ChangeFeed feed, Signals signals, Vertx vertx, Background background, ChangesSettings settings) {
        this.feed = feed;
        this.signals = signals;
        this.background = background;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (background.isOn()) {
            signals.listen(Signal.CHANGES, this::heard);
            background.every(settings.safetyInterval(), "Looking after waiting polls", this::look);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        waiting.values()
                .forEach(polls -> polls.forEach(poll ->
                        poll.answer().complete(FeedPage.empty(poll.place().cursor()))));
    }

    void grown(@Observes FeedGrown news) {
        heard(news.venues());
    }

    /** The changes behind the cursor, at once or as soon as there are any; none when {@code most} has passed. */
    Uni<FeedPage> next(VenueId venue, long cursor, int limit, Duration most) {
        if (count.incrementAndGet() > settings.maxWaiting()) {
            count.decrementAndGet();
            throw Problem.of(Problem.Type.OVERLOADED, "Too many polls wait on this replica; try again in a second.");
        }
        Place place = new Place(cursor, limit);
        return Uni.createFrom()
                .<FeedPage>emitter(answer -> register(venue, new Poll(place, answer)))
                .ifNoItem()
                .after(most)
                .recoverWithItem(() -> FeedPage.empty(cursor))
                .onTermination()
                .invoke(() -> count.decrementAndGet());
    }

    int waiting() {
        return count.get();
    }

    private void register(VenueId venue, Poll poll) {
        waiting.compute(venue, (same, polls) -> {
            Set<Poll> all = polls == null ? ConcurrentHashMap.newKeySet() : polls;
            all.add(poll);
            return all;
        });
        poll.answer().onTermination(() -> leave(venue, poll));
        read(venue, poll.place(), List.of(poll));
    }

    private void leave(VenueId venue, Poll poll) {
        waiting.computeIfPresent(venue, (same, polls) -> {
            polls.remove(poll);
            return polls.isEmpty() ? null : polls;
        });
    }

    private void heard(Set<String> names) {
        if (waiting.isEmpty()) {
            return;
        }
        boolean any = names.contains(Signals.ANY);
        context.runOnContext(now -> waiting.keySet().stream()
                .filter(venue -> any || names.contains(venue.value()))
                .forEach(this::wake));
    }

    private void wake(VenueId venue) {
        Map<Place, List<Poll>> places =
                waiting.getOrDefault(venue, Set.of()).stream().collect(Collectors.groupingBy(Poll::place));
        places.forEach((place, polls) -> read(venue, place, polls));
    }

    private void read(VenueId venue, Place place, List<Poll> polls) {
        var reading = feed.after(venue, place.cursor(), place.limit())
                .subscribe()
                .with(page -> answer(venue, polls, page), failure -> polls.forEach(poll -> fail(venue, poll, failure)));
        assert reading != null;
    }

    private void answer(VenueId venue, List<Poll> polls, FeedPage page) {
        if (!page.isEmpty()) {
            polls.forEach(poll -> {
                leave(venue, poll);
                poll.answer().complete(page);
            });
        }
    }

    private void fail(VenueId venue, Poll poll, Throwable failure) {
        leave(venue, poll);
        poll.answer().fail(failure);
    }

    private Uni<Void> look() {
        return waiting.isEmpty()
                ? Uni.createFrom().voidItem()
                : feed.heads(Set.copyOf(waiting.keySet()))
                        .invoke(this::wakeThoseBehind)
                        .replaceWithVoid();
    }

    private void wakeThoseBehind(Map<VenueId, Long> heads) {
        Map<VenueId, Set<Poll>> now = new HashMap<>(waiting);
        List<VenueId> behind = new ArrayList<>();
        heads.forEach((venue, head) -> {
            if (now.getOrDefault(venue, Set.of()).stream()
                    .anyMatch(poll -> poll.place().cursor() < head)) {
                behind.add(venue);
            }
        });
        behind.forEach(this::wake);
    }
}
