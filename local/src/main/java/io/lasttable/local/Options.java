package io.lasttable.local;

import java.nio.file.Path;

/**
 * How to run the platform, from system properties {@code local.*}.
 *
 * @param root the checkout, where the services' built jars are
 * @param infrastructureOnly only PostgreSQL, Kafka, topics and the issuer: for {@code quarkus:dev} of a service
 * @param port the load balancer's; the services take the four after it
 * @param data where PostgreSQL, Kafka, the signing key and the logs live; kept over restarts
 */
public record Options(Path root, boolean infrastructureOnly, int port, int databasePort, int kafkaPort, Path data) {

    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException with what to write instead */
    public static Options fromSystemProperties() {
        String run = System.getProperty("local.run", "all");
        if (!run.equals("all") && !run.equals("infra")) {
            throw new IllegalArgumentException("-Dlocal.run=" + run + " is unknown; use all or infra");
        }
        Path root =
                Path.of(System.getProperty("local.root", ".")).toAbsolutePath().normalize();
        String data = System.getProperty(
                "local.data", root.resolve("local/target/data").toString());
        return new Options(
                root,
                run.equals("infra"),
                port("local.port", 8080),
                port("local.databasePort", 15_432),
                port("local.kafkaPort", 19_092),
                Path.of(data).toAbsolutePath());
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String issuer() {
        return url() + "/local";
    }

    private static int port(String name, int standard) {
        String value = System.getProperty(name, String.valueOf(standard));
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= LAST_PORT - 4) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " is not a port number", notANumber);
        }
        throw new IllegalArgumentException("-D" + name + "=" + value + " is not a usable port");
    }
}
