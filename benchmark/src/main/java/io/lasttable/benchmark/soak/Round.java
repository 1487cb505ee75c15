package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.history.DayKey;
import io.lasttable.benchmark.history.History;
import io.lasttable.benchmark.history.Watcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One stretch of guests, watchers and faults in a town of its own, and what is left of it once everything is at rest. */
final class Round {

    /** The longest that notify-service and availability-service let an old state pass for new, and a little for the way. */
    private static final Duration PROMISE = Duration.ofSeconds(12);

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);
    private static final int GUESTS = 8;

    private final Testbed bed;
    private final Town town;
    private final List<URI> booking;
    private final List<URI> notify;
    private final Duration pingInterval;
    private final Recorder recorder = new Recorder();
    private final Map<String, Integer> unrest = new TreeMap<>();
    private double settledAfter;

    /**
     * @param booking replicas of booking-service, behind links
     * @param notify replicas of notify-service, behind links
     * @param pingInterval of notify-service
     */
    Round(Testbed bed, Town town, List<URI> booking, List<URI> notify, Duration pingInterval) {
        this.bed = bed;
        this.town = town;
        this.booking = booking;
        this.notify = notify;
        this.pingInterval = pingInterval;
    }

    interface Trouble {
        void happen(Guests guests) throws InterruptedException;
    }

    /** Returns what was recorded, after the trouble is over and everything has had the time to settle. */
    History run(long seed, Trouble trouble) throws Exception {
        bed.api().publish(town.venues());
        try (Guests guests = new Guests(town, recorder, booking, bed.api().token());
                Watchers watchers = Watchers.open(town, notify, URI.create(bed.url()), pingInterval, module())) {
            guests.come(town.name(), GUESTS, seed, true);
            trouble.happen(guests);
            guests.stop();
            Evidence evidence = new Evidence(bed, town);
            return evidence.history(PROMISE, recorder, settle(evidence, watchers));
        }
    }

    /**
     * Returns what the watchers saw when everything was at rest, or at last. What comes after is not judged: a consumer group
     * that shares its partitions out again, say, makes readers doubt for a moment, and rightly.
     */
    private List<Watcher> settle(Evidence evidence, Watchers watchers) throws Exception {
        long from = System.nanoTime();
        List<Watcher> seen = watchers.seen();
        while (!atRest(evidence, seen) && System.nanoTime() - from < SETTLED_WITHIN.toNanos()) {
            unrest.merge(unrest(evidence, seen), 1, Integer::sum);
            TimeUnit.MILLISECONDS.sleep(100);
            seen = watchers.seen();
        }
        settledAfter = (System.nanoTime() - from) / 1e9;
        return seen;
    }

    /** Holds run out and offers pass on for a while yet, so the versions must be the same before and after. */
    private static boolean atRest(Evidence evidence, List<Watcher> seen) throws Exception {
        Map<DayKey, Long> before = evidence.days();
        return seen.stream().allMatch(watcher -> hasNewest(watcher, before))
                && evidence.readSide().equals(before)
                && evidence.isQuiet()
                && evidence.days().equals(before);
    }

    /** Why not, in words, so that a round which never comes to rest says what kept it. */
    private static String unrest(Evidence evidence, List<Watcher> seen) throws Exception {
        Map<DayKey, Long> newest = evidence.days();
        List<String> behind = seen.stream()
                .filter(watcher -> watcher.lastVersion() != newest.getOrDefault(watcher.day(), 0L))
                .map(Watcher::name)
                .distinct()
                .toList();
        List<String> doubting = seen.stream()
                .filter(watcher -> !watcher.isSure())
                .map(Watcher::name)
                .distinct()
                .toList();
        return "behind " + behind + ", in doubt " + doubting + ", read side "
                + (evidence.readSide().equals(newest) ? "equal" : "behind") + ", " + evidence.leftToDo();
    }

    private static boolean hasNewest(Watcher watcher, Map<DayKey, Long> newest) {
        return watcher.isSure() && watcher.lastVersion() == newest.getOrDefault(watcher.day(), 0L);
    }

    private Path module() {
        return bed.root().resolve("live-client/src/index.js");
    }

    /** Seconds from the guests' last answer until every part agreed. */
    double settledAfter() {
        return settledAfter;
    }

    /** What kept everything from being at rest, with how often it was seen; all of it when that never came. */
    List<String> neverAtRest() {
        return settledAfter < SETTLED_WITHIN.toSeconds()
                ? List.of()
                : unrest.entrySet().stream()
                        .map(why -> why.getValue() + " looks found " + why.getKey())
                        .toList();
    }

    /** Answers that the API does not know. */
    List<String> strange() {
        return recorder.strange();
    }
}
