package io.lasttable.availability.world;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits as long as a busy machine may need; a condition that holds ends the wait at once. */
public final class Patience {

    private static final Duration MOST = Duration.ofSeconds(60);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(MOST);
    }
}
