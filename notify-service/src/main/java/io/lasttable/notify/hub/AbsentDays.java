package io.lasttable.notify.hub;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.snapshot.Answer.Missing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Days and venues that did not exist a moment ago, so that who asks for them again and again asks nobody else. A day that
 * comes to be is told by the feed all the same. Bounded; any thread.
 */
final class AbsentDays {

    static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final int MOST = 10_000;

    private record Absent(Missing<DayState> answer, long until) {}

    private final LongSupplier nanos;
    private final Map<String, Absent> absent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Absent> eldest) {
            return size() > MOST;
        }
    };

    /** @param nanos a clock like {@link System#nanoTime} */
    AbsentDays(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void add(DayKey key, Missing<DayState> answer) {
        absent.putIfAbsent(name(key, answer), new Absent(answer, nanos.getAsLong() + KEPT_NANOS));
    }

    /** What was said of the day, or of its whole venue; null when nothing was, lately. */
    synchronized Missing<DayState> of(DayKey key) {
        Missing<DayState> venue = lately(key.venueId());
        return venue != null ? venue : lately(key.toString());
    }

    private Missing<DayState> lately(String name) {
        Absent found = absent.get(name);
        if (found != null && found.until() - nanos.getAsLong() <= 0) {
            absent.remove(name);
            return null;
        }
        return found == null ? null : found.answer();
    }

    private static String name(DayKey key, Missing<DayState> answer) {
        return answer.code().equals("unknown-venue") ? key.venueId() : key.toString();
    }
}
