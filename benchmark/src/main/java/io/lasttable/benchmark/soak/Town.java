package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.history.DayKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Where everybody wants to dine: few tables at few hours, so that guests meet. */
final class Town {

    static final int TABLES = 3;

    /** Stays of these overlap here and there. */
    static final List<String> TIMES = List.of("18:00", "18:30", "19:30", "20:30", "21:00");

    private static final Duration TURN = Duration.ofMinutes(90);

    private final String name;
    private final List<BenchVenue> venues;
    private final List<DayKey> days;

    Town(String name) {
        this.name = name;
        this.venues = BenchVenue.many(name, 3, TABLES, 2);
        this.days = venues.stream()
                .flatMap(venue -> venue.dayKeys().stream())
                .map(DayKey::parse)
                .toList();
    }

    String name() {
        return name;
    }

    List<BenchVenue> venues() {
        return venues;
    }

    List<DayKey> days() {
        return days;
    }

    boolean has(DayKey day) {
        return days.contains(day);
    }

    DayKey anyDay(Random random) {
        return days.get(random.nextInt(days.size()));
    }

    static String anyTime(Random random) {
        return TIMES.get(random.nextInt(TIMES.size()));
    }

    static Instant start(DayKey day, String time) {
        return Instant.parse(day.date() + "T" + time + ":00Z");
    }

    static Instant end(DayKey day, String time) {
        return start(day, time).plus(TURN);
    }
}
