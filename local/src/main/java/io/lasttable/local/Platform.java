package io.lasttable.local;

import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.EmbeddedKafka;
import io.lasttable.local.balancer.LoadBalancer;
import io.lasttable.local.balancer.LoadBalancerSettings;
import io.lasttable.local.balancer.Routes;
import io.lasttable.local.balancer.Target;
import io.lasttable.local.balancer.TargetGroup;
import io.lasttable.local.process.PidFile;
import io.lasttable.local.process.Reaper;
import io.lasttable.local.process.ServiceFailedException;
import io.lasttable.local.process.ServiceProcess;
import io.lasttable.local.process.ServiceSpec;
import io.lasttable.local.token.IssuerEndpoints;
import io.lasttable.local.token.TokenIssuer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The whole platform on this machine: embedded PostgreSQL and Kafka in this process, the services' built jars as processes
 * of their own, two replicas of notify-service behind a load balancer. What was started is stopped in reverse order, also
 * when starting fails half-way.
 */
public final class Platform implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final Options options;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final PidFile pids;

    private Platform(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.pids = new PidFile(options.data().resolve("processes"));
    }

    /** @throws Exception with a message for people; nothing is left running then */
    public static Platform start(Options options, Consumer<String> progress) throws Exception {
        Platform platform = new Platform(options, progress);
        try {
            platform.start();
            return platform;
        } catch (Exception e) {
            platform.close();
            throw e;
        }
    }

    /** Calls back when a service ends without having been asked to. */
    public void onDeath(Consumer<ServiceFailedException> listener) {
        services.forEach(service -> service.onDeath(listener));
    }

    public Map<String, Integer> servicePorts() {
        Map<String, Integer> ports = new java.util.LinkedHashMap<>();
        services.forEach(service -> ports.put(service.name(), service.port()));
        return ports;
    }

    /** The pid of a running service, for tests that kill one. */
    public long pid(String service) {
        return services.stream()
                .filter(each -> each.name().equals(service))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private void start() throws Exception {
        List<String> left = pids.stopAll();
        if (!left.isEmpty()) {
            progress.accept("Stopped what an earlier run had left: " + String.join(", ", left));
        }
        checkPorts();
        pids.add("platform", ProcessHandle.current());
        Process reaper = Reaper.start(options.data().resolve("processes"));
        started.push(reaper::destroy);
        started.push(pids::clear);
        startServers();
        startBalancer();
        Services specs = new Services(options);
        progress.accept("Migrating the database and creating topics");
        ServiceProcess.start(specs.provision(), pids).awaitSuccess(START_LIMIT);
        if (!options.infrastructureOnly()) {
            startServices(
                    List.of(specs.booking(), specs.availability(), specs.notifyReplica(1), specs.notifyReplica(2)));
        }
    }

    private void startServers() {
        progress.accept("Starting PostgreSQL on port " + options.databasePort());
        EmbeddedDatabase database = EmbeddedDatabase.start(options.data().resolve("postgres"), options.databasePort());
        started.push(database);
        database.createDatabase("booking");
        database.createDatabase("availability");
        progress.accept("Starting Kafka on port " + options.kafkaPort());
        started.push(EmbeddedKafka.start(options.data().resolve("kafka"), options.kafkaPort()));
    }

    private void startBalancer() throws Exception {
        Vertx vertx = Vertx.vertx();
        started.push(
                () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        Routes routes = Routes.ofPlatform(
                new TargetGroup("booking").register(new Target("booking", options.port() + 1)),
                new TargetGroup("availability").register(new Target("availability", options.port() + 2)),
                new TargetGroup("notify")
                        .register(new Target("notify-1", options.port() + 3))
                        .register(new Target("notify-2", options.port() + 4)));
        LoadBalancer balancer = LoadBalancer.start(
                        vertx, LoadBalancerSettings.onPort(options.port()), routes, page(vertx))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        started.push(
                () -> balancer.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    private Router page(Vertx vertx) {
        Router router = Router.router(vertx);
        IssuerEndpoints.mount(
                router, new TokenIssuer(options.issuer(), options.data().resolve("issuer-key.json")));
        var page = router.get("/*")
                .handler(StaticHandler.create(FileSystemAccess.RELATIVE, "web").setCachingEnabled(false));
        assert page != null;
        return router;
    }

    private void startServices(List<ServiceSpec> specs) throws InterruptedException {
        started.push(this::stopServices);
        for (ServiceSpec spec : specs) {
            progress.accept("Starting " + spec.name() + " on port " + spec.port());
            services.add(ServiceProcess.start(spec, pids));
        }
        for (ServiceProcess service : services) {
            service.awaitReady(START_LIMIT);
        }
    }

    private void stopServices() throws InterruptedException {
        services.forEach(ServiceProcess::requestStop);
        for (ServiceProcess service : services) {
            service.awaitEnd(STOP_GRACE);
        }
    }

    private void checkPorts() {
        List<Integer> ports = new ArrayList<>(List.of(options.databasePort(), options.kafkaPort()));
        for (int offset = 0; offset <= 4; offset++) {
            ports.add(options.port() + offset);
        }
        for (int port : ports) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assert free.isBound();
            } catch (IOException taken) {
                throw new IllegalStateException(
                        "Port " + port + " is taken by another program. Stop it, or choose others with -Dlocal.port,"
                                + " -Dlocal.databasePort or -Dlocal.kafkaPort (local.port needs four free ones after it).",
                        taken);
            }
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                progress.accept("While stopping: " + e.getMessage());
            }
        }
    }
}
