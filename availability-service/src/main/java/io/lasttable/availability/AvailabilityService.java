package io.lasttable.availability;

import io.lasttable.availability.rebuild.Rebuild;
import io.lasttable.availability.rebuild.RebuildRunningException;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.util.Map;

/** Serves until it is stopped, or with the argument {@code rebuild} makes the tables anew from Kafka and exits. */
@QuarkusMain
public class AvailabilityService implements QuarkusApplication {

    static final int FAILED = 1;
    static final int MISUSED = 2;
    static final int ALREADY_RUNNING = 3;

    private static final String REBUILD = "rebuild";

    @Inject
    Rebuild rebuild;

    public static void main(String... arguments) {
        if (arguments.length > 0) {
            Map<String, String> oneShot = Map.of(
                    "lasttable.feed.enabled", "false",
                    "lasttable.reads.silence", "PT0S", // its statements take what they take
                    "quarkus.http.host-enabled", "false",
                    "quarkus.management.host-enabled", "false");
            oneShot.forEach(System::setProperty);
        }
        Quarkus.run(AvailabilityService.class, arguments);
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.waitForExit();
            return 0;
        }
        if (arguments.length > 1 || !arguments[0].equals(REBUILD)) {
            Log.errorf("Unknown arguments %s; known: %s", String.join(" ", arguments), REBUILD);
            return MISUSED;
        }
        try {
            rebuild.run();
            return 0;
        } catch (RebuildRunningException e) {
            Log.error(e.getMessage());
            return ALREADY_RUNNING;
        } catch (RuntimeException e) {
            Log.error("The rebuild failed; the tables are as they were", e);
            return FAILED;
        }
    }
}
