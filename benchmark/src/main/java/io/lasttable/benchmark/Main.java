package io.lasttable.benchmark;

import io.lasttable.local.Options;
import io.lasttable.local.process.ServiceFailedException;

/** {@code ./mvnw -Plocal -Dlocal.run=bench} or {@code soak}: starts the platform, measures it, and stops it. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.exit(Benchmark.run(Options.fromSystemProperties(), Main::say) ? 0 : 1);
        } catch (ServiceFailedException | IllegalStateException | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            fail("Could not be finished: " + e);
        }
    }

    private static void say(String message) {
        System.out.println("[lasttable] " + message);
    }

    private static void fail(String message) {
        System.err.println("[lasttable] " + message);
        System.exit(1);
    }
}
