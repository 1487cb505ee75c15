package io.lasttable.availability.rebuild;

import java.time.Duration;

/** How long a rebuild waits for one statement: long enough to analyze large tables, and not for ever on a database that has vanished. */
final class Waits {

    static final Duration LONGEST = Duration.ofMinutes(15);

    private Waits() {}
}
