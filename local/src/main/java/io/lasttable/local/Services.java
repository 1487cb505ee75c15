package io.lasttable.local;

import io.lasttable.local.process.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built services: where their jars are and what they are told. */
final class Services {

    private final Options options;

    Services(Options options) {
        this.options = options;
    }

    ServiceSpec provision() {
        return spec("provision", "booking-service", options.port() + 1, List.of("provision"), database("booking"));
    }

    ServiceSpec booking() {
        return spec("booking", "booking-service", options.port() + 1, List.of(), database("booking"));
    }

    ServiceSpec availability() {
        return spec("availability", "availability-service", options.port() + 2, List.of(), database("availability"));
    }

    /** @param replica 1 or 2 */
    ServiceSpec notifyReplica(int replica) {
        Map<String, String> settings = Map.of("LASTTABLE_AVAILABILITY_URL", "http://127.0.0.1:" + (options.port() + 2));
        return spec("notify-" + replica, "notify-service", options.port() + 2 + replica, List.of(), settings);
    }

    private ServiceSpec spec(
            String name, String module, int port, List<String> arguments, Map<String, String> settings) {
        Path jar = options.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build it with ./mvnw package -DskipTests");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + options.kafkaPort());
        environment.put("LASTTABLE_OIDC_ISSUER_URL", options.issuer());
        environment.put("LASTTABLE_WATCH_TOKEN_KEY", "only-for-this-machine-0123456789abcdef");
        environment.put("LASTTABLE_LOG_JSON", "false");
        Path log = options.data().resolve("logs").resolve(name + ".log");
        return new ServiceSpec(name, port, command, environment, log);
    }

    private Map<String, String> database(String name) {
        return Map.of(
                "LASTTABLE_DATABASE_HOST",
                "127.0.0.1",
                "LASTTABLE_DATABASE_PORT",
                String.valueOf(options.databasePort()),
                "LASTTABLE_DATABASE_NAME",
                name);
    }
}
