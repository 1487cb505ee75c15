package io.lasttable.local;

import io.lasttable.local.process.ServiceSpec;
import io.lasttable.local.token.TokenIssuer;
import io.lasttable.local.token.WatchTokenKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built services: where they are and what they are told. */
final class Services {

    /** At most, jar or executable, so that what they hold can be compared; an image leaves it to the memory limit. */
    private static final String HEAP = "-Xmx256m";

    /** What the host's page asks the issuer for: all that it can do. */
    private static final String WEB_SCOPE =
            "openid venues:write reservations:write reservations:read reservations:override guests:read";

    private final Options options;
    private final Ways ways;

    Services(Options options, Ways ways) {
        this.options = options;
        this.ways = ways;
    }

    /** booking-service's one-shot: schema and topics. */
    ServiceSpec provision() {
        int port = ports(Service.BOOKING).get(0);
        return new ServiceSpec(
                "provision",
                port,
                Ports.management(port),
                with(command(Service.BOOKING), "provision"),
                environment("provision", Service.BOOKING, port),
                log("provision"));
    }

    List<ServiceSpec> all() {
        List<ServiceSpec> specs = new ArrayList<>();
        for (Service service : Service.values()) {
            specs.addAll(replicas(service));
        }
        return specs;
    }

    List<ServiceSpec> replicas(Service service) {
        List<Integer> ports = ports(service);
        List<ServiceSpec> specs = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            String name = service.replicaName(i + 1, ports.size());
            int port = ports.get(i);
            specs.add(new ServiceSpec(
                    name, port, Ports.management(port), command(service), environment(name, service, port), log(name)));
        }
        return specs;
    }

    private List<String> command(Service service) {
        return options.setup().isExecutable(service) ? executable(service) : jar(service);
    }

    private List<String> jar(Service service) {
        Path jar = options.root().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build it with ./mvnw package -DskipTests");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP));
        command.addAll(service.jvmOptions());
        command.addAll(options.setup().jvmOptions().getOrDefault(service, List.of()));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private List<String> executable(Service service) {
        List<String> command = new ArrayList<>(List.of(executableFile(service), HEAP));
        command.addAll(options.setup().jvmOptions().getOrDefault(service, List.of()));
        return command;
    }

    private String executableFile(Service service) {
        Path target = options.root().resolve(service.module()).resolve("target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .findFirst()
                    .map(Path::toString)
                    .orElseThrow(() -> new IllegalStateException(
                            "No native executable in " + target + ": build it, or leave out -Dlocal.native"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into " + target, e);
        }
    }

    private Map<String, String> environment(String name, Service service, int port) {
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.putAll(addresses(name, service));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(Ports.management(port)));
        environment.put(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + ways.kafka(name, options.ports().kafka()));
        environment.put("LASTTABLE_OIDC_ISSUER_URL", options.issuer());
        environment.put("LASTTABLE_OIDC_AUDIENCE", TokenIssuer.AUDIENCE);
        environment.put(
                "LASTTABLE_WATCH_TOKEN_KEY",
                WatchTokenKey.loadOrCreate(options.data().resolve("watch-token-key")));
        environment.put("LASTTABLE_LOG_JSON", "false");
        environment.put("LASTTABLE_WEBHOOKS_ALLOW_HTTP", "true"); // receivers are on this machine
        environment.put("LASTTABLE_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
        environment.putAll(options.setup().environment().getOrDefault(service, Map.of()));
        environment.putAll(ways.environment(name));
        return environment;
    }

    private Map<String, String> addresses(String name, Service service) {
        return switch (service) {
            case BOOKING, AVAILABILITY ->
                Map.of(
                        "LASTTABLE_DATABASE_HOST",
                        "127.0.0.1",
                        "LASTTABLE_DATABASE_PORT",
                        String.valueOf(ways.port(name, options.ports().database())),
                        "LASTTABLE_DATABASE_NAME",
                        service.label());
            case NOTIFY ->
                Map.of(
                        "LASTTABLE_AVAILABILITY_URL", url(name, Service.AVAILABILITY),
                        "LASTTABLE_BOOKING_URL", url(name, Service.BOOKING),
                        "LASTTABLE_WEB_ISSUER", options.issuer(),
                        "LASTTABLE_WEB_SCOPE", WEB_SCOPE);
        };
    }

    /** A single replica is asked directly; several are behind the balancer, as behind a Service of the cluster. */
    private String url(String from, Service service) {
        List<Integer> ports = ports(service);
        int port = ports.size() == 1 ? ports.get(0) : options.ports().balancer();
        return "http://127.0.0.1:" + ways.port(from, port);
    }

    private List<Integer> ports(Service service) {
        return options.ports().of(service, options.setup().replicas());
    }

    private Path log(String name) {
        return options.data().resolve("logs").resolve(name + ".log");
    }

    private static List<String> with(List<String> command, String argument) {
        List<String> more = new ArrayList<>(command);
        more.add(argument);
        return more;
    }
}
