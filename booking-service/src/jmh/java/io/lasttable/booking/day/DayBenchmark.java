package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Book;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure work under a day's lock: one decision, and the day's document afterwards. A venue of 80 tables. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DayBenchmark {

    private static final int TABLES = 80;
    private static final List<String> TIMES = List.of("12:00", "13:30", "15:00", "16:30", "18:00", "19:30", "21:00");

    /** Reservations that the day has already. */
    @Param({"0", "50", "500"})
    int reservations;

    private DayWorld world;
    private Book book;

    @Setup
    public void fill() {
        VenueBuilder venue = VenueBuilder.aVenue().seating("12:00", "22:00", 30);
        for (int i = 0; i < TABLES; i++) {
            venue = venue.withTable("T" + i, 1, 2);
        }
        world = new DayWorld(venue);
        Random random = new Random(42);
        while (world.day.version() <= reservations) {
            Decision decision = world.book(TIMES.get(random.nextInt(TIMES.size())), 2);
            assert decision != null;
        }
        book = new Book(
                new UUID(7, 7),
                DayWorld.wish("19:30", 2),
                Optional.of(DayWorld.GUEST),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Decide a day. */
    @Benchmark
    public Decision decide() {
        return world.day.decide(book, DayWorld.RULES, world.now);
    }

    /** The availability of a day, as it is published. */
    @Benchmark
    public String document() {
        return world.day.document(world.now).json();
    }
}
