package io.lasttable.notify.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure work of a change: encode it against the state before, and take it into a day. Eight of forty slots differ. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChangeBenchmark {

    private static final DayKey KEY = new DayKey("chez-nous", LocalDate.of(2026, 11, 28));
    private static final int SLOTS = 40;

    private final List<DayState.Slot> before = slots(1);
    private final List<DayState.Slot> after = slots(2);
    private final DayState older = new DayState(KEY, 1, "PT0S", before, 0);

    /** Encode a change: the frame's bytes, as for the first watcher of a day. */
    @Benchmark
    public byte[] encode() {
        DayState newer = new DayState(KEY, 2, "PT0S", after, 0);
        return newer.changeFrom(1, newer.changedSince(older));
    }

    /** Apply a change: a day takes a newer state. */
    @Benchmark
    public boolean apply() {
        WatchedDay day = new WatchedDay(KEY);
        return day.take(older) && day.take(new DayState(KEY, 2, "PT0S", after, 0));
    }

    private static List<DayState.Slot> slots(long version) {
        List<DayState.Slot> slots = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            String time = String.format("%02d:%02d", 12 + i / 4, i % 4 * 15);
            String startsAt = "2026-11-28T" + time + ":00Z";
            long left = i % 5 == 0 ? version : 1;
            String json = "{\"time\":\"" + time + "\",\"startsAt\":\"" + startsAt + "\",\"left\":{\"2\":" + left + "}}";
            slots.add(new DayState.Slot(startsAt, json));
        }
        return slots;
    }
}
