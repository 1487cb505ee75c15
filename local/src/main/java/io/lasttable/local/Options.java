package io.lasttable.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to run the platform, from system properties {@code local.*}.
 *
 * @param root the checkout, where the services' built jars are
 * @param data where PostgreSQL, Kafka, the signing key and the logs live; kept over restarts
 * @param run what to run
 */
public record Options(Path root, Path data, Run run, Ports ports, Setup setup) {

    /** What {@code -Dlocal.run} says. */
    public enum Run {
        /** Everything, until Ctrl-C. */
        ALL,
        /** Only PostgreSQL, Kafka, topics and the issuer: for {@code quarkus:dev} of a service. */
        INFRA,
        /** Everything, measured under load: the module {@code benchmark}. */
        BENCH,
        /** Everything, under failures: the module {@code benchmark}. */
        SOAK;

        static Run named(String name) {
            for (Run run : values()) {
                if (run.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return run;
                }
            }
            String known = Stream.of(values())
                    .map(run -> run.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("-Dlocal.run=" + name + " is unknown; use one of " + known);
        }
    }

    private static final int LAST_PORT = 65_535;
    private static final int MOST_REPLICAS = 9;

    /** @throws IllegalArgumentException with what to write instead */
    public static Options fromSystemProperties() {
        Path root = checkout();
        Path data =
                Path.of(property("local.data", root.resolve("local/target/data").toString()));
        Ports ports = new Ports(
                number("local.port", 8080, LAST_PORT - Ports.management(Service.values().length * MOST_REPLICAS)),
                number("local.databasePort", 15_432, LAST_PORT),
                number("local.kafkaPort", 19_092, LAST_PORT));
        return new Options(
                root, data.toAbsolutePath(), Run.named(property("local.run", "all")), ports, setupFromProperties());
    }

    /** For a platform of a test's own, on ports that are free. */
    public static Options onFreePorts(Setup setup, Path data) {
        return new Options(checkout(), data, Run.ALL, Ports.free(setup.replicas()), setup);
    }

    private static Path checkout() {
        return Path.of(property("local.root", ".")).toAbsolutePath().normalize();
    }

    boolean infrastructureOnly() {
        return run == Run.INFRA;
    }

    /** The load balancer's address. */
    public String url() {
        return "http://127.0.0.1:" + ports.balancer();
    }

    String issuer() {
        return url() + "/local";
    }

    private static Setup setupFromProperties() {
        Setup setup = Setup.standard().withDurable(onOrOff("local.fsync")).withExecutables(executables());
        for (Service service : Service.values()) {
            String label = service.label();
            int replicas = number("local.replicas." + label, service.standardReplicas(), MOST_REPLICAS);
            setup = setup.withReplicas(service, replicas)
                    .withJvmOptions(service, words("local.jvm." + label))
                    .withEnvironment(service, assignments("local.env." + label));
        }
        return setup;
    }

    private static String property(String name, String standard) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? standard : value;
    }

    private static List<String> words(String name) {
        return Stream.of(property(name, "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Map<String, String> assignments(String name) {
        Map<String, String> settings = new HashMap<>();
        for (String word : words(name)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("-D" + name + ": write NAME=value, not " + word);
            }
            settings.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return settings;
    }

    /** {@code on} for all services, {@code off} for none, or their names: {@code booking,notify}. */
    private static Set<Service> executables() {
        String value = property("local.native", "off");
        return switch (value) {
            case "on" -> EnumSet.allOf(Service.class);
            case "off" -> Set.of();
            default -> Stream.of(value.split(",")).map(Options::service).collect(Collectors.toSet());
        };
    }

    private static Service service(String label) {
        return Stream.of(Service.values())
                .filter(service -> service.label().equals(label.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Dlocal.native: there is no service " + label
                        + "; use on, off, or names with commas between them, such as booking,notify"));
    }

    private static boolean onOrOff(String name) {
        String value = property(name, "off");
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " is unknown; use on or off");
        }
        return value.equals("on");
    }

    private static int number(String name, int standard, int most) {
        String value = property(name, String.valueOf(standard));
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " is not a number", notANumber);
        }
        throw new IllegalArgumentException("-D" + name + "=" + value + " must be between 1 and " + most);
    }
}
