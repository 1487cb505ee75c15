package io.lasttable.notify.hub;

import io.lasttable.notify.kafka.FeedProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What an operator sees of the live views. */
@Singleton
public class LiveMetrics {

    private static final Set<String> TIMERS_OF_CONNECTIONS =
            Set.of("http.server.connections", "http.server.websocket.connections");

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder conflations = new LongAdder();
    private final MeterRegistry registry;
    private final Timer commitToWrite;
    private final Timer loopDelay;

    LiveMetrics(MeterRegistry registry, FeedProgress feed) {
        this.registry = registry;
        counter("lasttable.live.frames.out", "Frames and events written", frames);
        counter("lasttable.live.bytes.out", "Bytes of frames and events written", bytes);
        counter("lasttable.live.conflations", "States skipped because a client had no room for them", conflations);
        gauge("lasttable.live.feed.lag", "Seconds that the feed is behind Kafka", () -> feed.lagSeconds());
        commitToWrite = Timer.builder("lasttable.live.commit.to.write")
                .description("From a day's commit until the last of its watchers has been written to")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        loopDelay = Timer.builder("lasttable.live.event.loop.delay")
                .description("How late an event loop ran a task that was due")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(registry);
    }

    /**
     * Without the timers that Quarkus' HTTP metrics would keep for each connection, two of half a kilobyte together;
     * {@code lasttable.live.connections} says how many there are.
     */
    @Produces
    @Singleton
    static MeterFilter noTimerForEachConnection() {
        return MeterFilter.deny(meter -> TIMERS_OF_CONNECTIONS.contains(meter.getName()));
    }

    void observe(IntSupplier connections, IntSupplier watchedDays) {
        gauge("lasttable.live.connections", "Open sockets and streams", connections::getAsInt);
        gauge("lasttable.live.watched.days", "Days that someone watches", watchedDays::getAsInt);
    }

    /** A frame or event has been written. */
    public void wrote(int size) {
        frames.increment();
        bytes.add(size);
    }

    void conflated(long states) {
        conflations.add(states);
    }

    /** @param committedAtMicros microseconds since 1970; 0 when not known */
    void served(long committedAtMicros) {
        if (committedAtMicros > 0) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            commitToWrite.record(Math.max(0, now - committedAtMicros), TimeUnit.MICROSECONDS);
        }
    }

    void loopDelay(long nanos) {
        loopDelay.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private void counter(String name, String description, LongAdder value) {
        FunctionCounter.builder(name, value, LongAdder::sum)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
