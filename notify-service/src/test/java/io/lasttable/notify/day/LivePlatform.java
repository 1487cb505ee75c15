package io.lasttable.notify.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.delivery.TestFormat;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The platform around {@link DayWatches}, one random step at a time: a writer that commits, a feed that reads in two steps
 * (remembers, then hands to the loops that follow), loops whose tasks wait in line, and a read side that is slow, lags,
 * fails and repeats itself.
 */
final class LivePlatform {

    private static final int LOOPS = 2;
    private static final int DAYS = 2;
    private static final int BROWSERS = 6;

    private static final class Loop implements DaySource {
        final Set<DayKey> followed = new HashSet<>();
        final Queue<Runnable> tasks = new ArrayDeque<>();
        final DayWatches watches = new DayWatches(this, state -> {});
        final LivePlatform platform;

        Loop(LivePlatform platform) {
            this.platform = platform;
        }

        @Override
        public void follow(DayKey key) {
            followed.add(key);
        }

        @Override
        public void leave(DayKey key) {
            followed.remove(key);
        }

        @Override
        public Optional<DayState> recent(DayKey key) {
            return Optional.ofNullable(platform.recent.get(key));
        }

        @Override
        public void fetch(DayKey key) {
            platform.asked.add(key);
        }
    }

    private final Random random;
    private final Map<DayKey, List<DayState>> committed = new HashMap<>();
    private final Map<DayKey, Integer> fed = new HashMap<>();
    private final Map<DayKey, DayState> recent = new HashMap<>();
    private final Set<DayKey> asked = new HashSet<>();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Browser> browsers = new ArrayList<>();
    private final TestFormat format = new TestFormat();
    private DayState remembered;

    LivePlatform(Random random) {
        this.random = random;
        for (int i = 0; i < DAYS; i++) {
            DayKey key = new DayKey("venue-" + i, LocalDate.of(2026, 11, 28));
            committed.put(key, new ArrayList<>(List.of(TestDays.first(key, random))));
            fed.put(key, 0);
        }
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop(this));
        }
        List<DayKey> keys = List.copyOf(committed.keySet());
        for (int i = 0; i < BROWSERS; i++) {
            browsers.add(new Browser(keys.get(i % DAYS), i % 3 == 0 ? "x" : "a", format));
        }
    }

    List<Browser> browsers() {
        return browsers;
    }

    DayState newest(DayKey key) {
        List<DayState> all = committed.get(key);
        return all.get(all.size() - 1);
    }

    void step() {
        Browser browser = browsers.get(random.nextInt(BROWSERS));
        Loop loop = loop(browser);
        switch (random.nextInt(12)) {
            case 0, 1 -> commit();
            case 2, 3 -> feed();
            case 4 -> answer();
            case 5 -> loop.tasks.add(() -> browser.toggle(loop.watches));
            case 6 -> browser.reconnect(loop.watches);
            case 7 -> loop.watches.beginFlush();
            case 8 -> flushSlice(loop);
            case 9, 10 -> runOne(loop);
            default -> browser.read(random.nextInt(3));
        }
    }

    private Loop loop(Browser browser) {
        return loops.get(browsers.indexOf(browser) % LOOPS);
    }

    private void commit() {
        List<DayState> all = committed.get(anyKey());
        all.add(TestDays.next(all.get(all.size() - 1), random));
    }

    /** First half: remember. Second half, any number of other steps later: look who follows. */
    private void feed() {
        if (remembered != null) {
            DayState state = remembered;
            remembered = null;
            loops.stream()
                    .filter(loop -> loop.followed.contains(state.key()))
                    .forEach(loop -> loop.tasks.add(() -> loop.watches.take(state)));
            return;
        }
        DayKey key = anyKey();
        if (fed.get(key) < committed.get(key).size()) {
            remembered = committed.get(key).get(fed.merge(key, 1, Integer::sum) - 1);
            recent.put(key, remembered);
        }
    }

    /** The read side answers with any state that it may have, or not at all. It never lags behind the look-back. */
    private void answer() {
        if (asked.isEmpty()) {
            return;
        }
        DayKey key = List.copyOf(asked).get(random.nextInt(asked.size()));
        boolean down = random.nextBoolean();
        DayState state =
                committed.get(key).get(random.nextInt(committed.get(key).size()));
        if (!down) {
            asked.remove(key);
        }
        loops.stream()
                .filter(loop -> loop.followed.contains(key))
                .forEach(loop -> loop.tasks.add(() -> {
                    if (down) {
                        loop.watches.unavailable(key);
                    } else {
                        loop.watches.take(state);
                    }
                }));
    }

    private void runOne(Loop loop) {
        Runnable task = loop.tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    private void flushSlice(Loop loop) {
        var unused = loop.watches.flush(1 + random.nextInt(3));
    }

    private DayKey anyKey() {
        List<DayKey> keys = List.copyOf(committed.keySet());
        return keys.get(random.nextInt(keys.size()));
    }

    /** Everything that is under way arrives; the feed catches up; everybody reads. */
    void settle() {
        while (remembered != null || unfed()) {
            feed();
        }
        for (int round = 0; round < 12; round++) {
            while (!asked.isEmpty()) {
                answer();
            }
            for (Loop loop : loops) {
                while (!loop.tasks.isEmpty()) {
                    runOne(loop);
                }
                loop.watches.beginFlush();
                while (loop.watches.flush(2)) {
                    runOne(loop);
                }
            }
            browsers.forEach(Browser::readAll);
        }
    }

    private boolean unfed() {
        return committed.entrySet().stream()
                .anyMatch(day -> fed.get(day.getKey()) < day.getValue().size());
    }

    void closeAll() {
        browsers.forEach(Browser::close);
        for (Loop loop : loops) {
            loop.watches.beginFlush();
            assertThat(loop.watches.flush(1000)).isFalse();
        }
    }

    int watchedDays() {
        return loops.stream().mapToInt(loop -> loop.watches.size()).sum();
    }

    long followedDays() {
        return loops.stream()
                .map(loop -> loop.followed)
                .flatMap(Collection::stream)
                .count();
    }

    int unreleasedFrames() {
        return format.unreleased();
    }

    Stream<DayKey> days() {
        return committed.keySet().stream();
    }
}
