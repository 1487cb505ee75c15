package io.lasttable.availability.day;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure work of a day read: the stored document of 41 slots to what a party of two can book. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DayBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-28T15:00:00Z");
    private static final PartySize TWO = new PartySize(2);

    private final String document =
            "{\"venueId\":\"chez-nous\",\"date\":\"2026-11-28\",\"version\":18,\"minNotice\":\"PT30M\"," + "\"slots\":["
                    + slots() + "]}";
    private final Day day = DayDocument.read(document);

    @Benchmark
    public Day read() {
        return DayDocument.read(document);
    }

    @Benchmark
    public List<Slot> openFor() {
        return day.openFor(TWO, NOW);
    }

    @Benchmark
    public long[] offers() {
        return DayDocument.offers(day);
    }

    private static String slots() {
        return IntStream.range(0, 41)
                .mapToObj(i -> String.format("%02d:%02d", 12 + i / 4, i % 4 * 15))
                .map(time -> "{\"time\":\"" + time + "\",\"startsAt\":\"2026-11-28T" + time
                        + ":00Z\",\"left\":{\"1\":3,\"2\":3,\"4\":1}}")
                .collect(Collectors.joining(","));
    }
}
