package io.lasttable.local;

import io.lasttable.local.demo.DemoData;
import io.lasttable.local.process.ServiceFailedException;
import java.util.concurrent.CountDownLatch;

/** {@code ./mvnw -Plocal}: starts the platform, says where it is, and stops it on Ctrl-C. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Options options = Options.fromSystemProperties();
            Platform platform = Platform.start(options, Main::say);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                say("Stopping");
                platform.close();
                say("Stopped; data is kept in " + options.data());
            }));
            if (!options.infrastructureOnly()) {
                platform.onDeath(failure -> fail(failure, ended));
                DemoData.publish(options.url());
            }
            say(table(options));
            ended.await();
            System.exit(1);
        } catch (ServiceFailedException | IllegalStateException | IllegalArgumentException e) {
            System.err.println("[lasttable] " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            System.err.println("[lasttable] Could not start: " + e);
            System.exit(1);
        }
    }

    private static void fail(ServiceFailedException failure, CountDownLatch ended) {
        System.err.println("[lasttable] " + failure.getMessage());
        ended.countDown();
    }

    private static String table(Options options) {
        String services = options.infrastructureOnly()
                ? ""
                : """
                  API           %1$s/v1/venues
                  live socket   ws://127.0.0.1:%2$d/v1/live
                """.formatted(options.url(), options.ports().balancer());
        return """
                Lasttable is up
                  page          %1$s
                %2$s  token         %1$s/local/token?scope=reservations:write&venue_ids=*
                  PostgreSQL    127.0.0.1:%3$d, user postgres
                  Kafka         127.0.0.1:%4$d
                  logs          %5$s
                Ctrl-C stops everything.""".formatted(
                        options.url(),
                        services,
                        options.ports().database(),
                        options.ports().kafka(),
                        options.data().resolve("logs"));
    }

    private static void say(String message) {
        System.out.println("[lasttable] " + message);
    }
}
