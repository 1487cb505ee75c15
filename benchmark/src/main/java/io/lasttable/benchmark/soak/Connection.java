package io.lasttable.benchmark.soak;

import java.time.Duration;

/** A watcher's way to the platform; {@link Watchers} looks after it. */
interface Connection extends AutoCloseable {

    /** Beyond the ping interval, how long a connection may be silent before it is taken for dead; as {@code client.js} has it. */
    Duration ANSWER = Duration.ofSeconds(5);

    Sight sight();

    /** Whether it has ended, or has been silent for too long. */
    boolean isLost();

    /** Leaves what there is and connects anew, to the next replica. */
    void connect();

    @Override
    void close();
}
