package io.lasttable.local;

import io.lasttable.embedded.Directories;
import io.lasttable.embedded.FreePorts;
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
import io.lasttable.web.PageSettings;
import io.lasttable.web.Pages;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The whole platform on this machine: PostgreSQL, Kafka and the replicas of the services as processes of their own, and in
 * this one the load balancer in front of them. What was started is stopped in reverse order, also
 * when starting fails half-way.
 */
public final class Platform implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final Options options;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final PidFile pids;
    private final Ways ways;
    private final Servers servers;
    private final List<TargetGroup> behindBalancer = new ArrayList<>();

    private Platform(Options options, Ways ways, Consumer<String> progress) {
        this.options = options;
        this.ways = ways;
        this.progress = progress;
        this.pids = new PidFile(options.data().resolve("processes"));
        this.servers = new Servers(options, ways, pids);
    }

    /** @throws Exception with a message for people; nothing is left running then */
    public static Platform start(Options options, Consumer<String> progress) throws Exception {
        return start(options, Ways.DIRECT, progress);
    }

    /** As {@link #start(Options, Consumer)}, with something between the parts. */
    public static Platform start(Options options, Ways ways, Consumer<String> progress) throws Exception {
        Platform platform = new Platform(options, ways, progress);
        try {
            platform.start();
            return platform;
        } catch (Exception e) {
            platform.close();
            throw e;
        }
    }

    /**
     * Calls back when the last replica of a service has ended without having been asked to. While others of the service are
     * there, the platform goes on with them, and says so.
     */
    public void onDeath(Consumer<ServiceFailedException> listener) {
        services.forEach(replica -> replica.onDeath(failure -> {
            List<String> others = othersAlive(replica);
            if (others.isEmpty()) {
                listener.accept(failure);
            } else {
                progress.accept(failure.getMessage() + "Going on with " + String.join(", ", others));
            }
        }));
    }

    private List<String> othersAlive(ServiceProcess replica) {
        Service service = Service.ofReplica(replica.name());
        return services.stream()
                .filter(other -> other != replica && other.alive())
                .map(ServiceProcess::name)
                .filter(name -> Service.ofReplica(name) == service)
                .toList();
    }

    /** Where each replica listens, by its name: {@code booking} or, when there are several, {@code booking-1}. */
    public Map<String, Integer> servicePorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        services.forEach(replica -> ports.put(replica.name(), replica.port()));
        return ports;
    }

    /** The addresses of a service's replicas in order, past the load balancer. */
    public List<URI> endpoints(Service service) {
        return options.ports().of(service, options.setup().replicas()).stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
    }

    /** The pid of a replica, of {@code postgres} or of {@code kafka}, for tests that kill one. */
    public long pid(String process) {
        return isServer(process) ? servers.pid(process) : replica(process).pid();
    }

    private static boolean isServer(String process) {
        return process.equals(Servers.POSTGRES) || process.equals(Servers.KAFKA);
    }

    /** Starts a replica or server anew after it has been killed or has ended; returns once it is ready. */
    public void restart(String process) throws InterruptedException {
        if (isServer(process)) {
            servers.restart(process);
        } else {
            restartReplica(process);
        }
    }

    private void restartReplica(String replica) throws InterruptedException {
        ServiceProcess old = replica(replica);
        old.requestStop();
        old.awaitEnd(STOP_GRACE);
        ServiceProcess fresh = ServiceProcess.start(old.spec(), pids);
        services.set(services.indexOf(old), fresh);
        fresh.awaitReady(START_LIMIT);
    }

    /** Milliseconds from a replica's start to its readiness. */
    public long startMillis(String replica) {
        return replica(replica).startTime().toMillis();
    }

    private ServiceProcess replica(String name) {
        return services.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No replica " + name + " among " + servicePorts()));
    }

    private void start() throws Exception {
        List<String> left = pids.stopAll();
        if (!left.isEmpty()) {
            progress.accept("Stopped what an earlier run had left: " + String.join(", ", left));
        }
        checkPorts();
        Directories.delete(options.data().resolve("logs"));
        ways.prepare(options.data());
        pids.add("platform", ProcessHandle.current());
        Process reaper = Reaper.start(options.data().resolve("processes"));
        started.push(reaper::destroy);
        started.push(pids::clear);
        startServers();
        startBalancer();
        Services specs = new Services(options, ways);
        progress.accept("Migrating the database and creating topics");
        ServiceProcess.start(specs.provision(), pids).awaitSuccess(START_LIMIT);
        if (!options.infrastructureOnly()) {
            startServices(specs.all());
        }
    }

    private void startServers() throws InterruptedException {
        started.push(servers);
        progress.accept("Starting PostgreSQL on port " + options.ports().database());
        servers.startDatabase();
        progress.accept("Starting Kafka on port " + options.ports().kafka());
        servers.startKafka();
    }

    private void startBalancer() throws Exception {
        Vertx vertx = Vertx.vertx();
        started.push(
                () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        Routes routes =
                Routes.ofPlatform(targets(Service.BOOKING), targets(Service.AVAILABILITY), targets(Service.NOTIFY));
        LoadBalancer balancer = LoadBalancer.start(
                        vertx, LoadBalancerSettings.onPort(options.ports().balancer()), routes, page(vertx))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        started.push(
                () -> balancer.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    private TargetGroup targets(Service service) {
        List<Integer> ports = options.ports().of(service, options.setup().replicas());
        TargetGroup group = new TargetGroup(service.label());
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get(i);
            group = group.register(new Target(service.replicaName(i + 1, ports.size()), port, Ports.management(port)));
        }
        behindBalancer.add(group);
        return group;
    }

    private Router page(Vertx vertx) {
        Router router = Router.router(vertx);
        IssuerEndpoints.mount(
                router, new TokenIssuer(options.issuer(), options.data().resolve("issuer-key.json")));
        Pages.mount(router, "", new PageSettings(Optional.empty(), Optional.of("/local/token")));
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
        awaitBalancer();
    }

    /** Until every replica has its turn: what is ready is served once the balancer has seen it, which takes another check or two. */
    public void awaitBalancer() throws InterruptedException {
        long from = System.nanoTime();
        while (!behindBalancer.stream().allMatch(TargetGroup::isHealthy)) {
            if (System.nanoTime() - from > START_LIMIT.toNanos()) {
                throw new IllegalStateException("The services are ready, and the load balancer does not find them so");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void stopServices() throws InterruptedException {
        services.forEach(ServiceProcess::requestStop);
        for (ServiceProcess service : services) {
            service.awaitEnd(STOP_GRACE);
        }
    }

    private void checkPorts() {
        List<Integer> ports = options.ports().all(options.setup().replicas());
        for (int port : ports) {
            boolean twice = Collections.frequency(ports, port) > 1;
            if (twice || !FreePorts.isFree(port)) {
                throw new IllegalStateException("Port " + port
                        + (twice ? " is needed twice. Choose" : " is taken by another program. Stop it, or choose")
                        + " others with -Dlocal.port, -Dlocal.databasePort or -Dlocal.kafkaPort (the replicas take the ports after"
                        + " local.port, and those 1000 above for their management).");
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
