package io.lasttable.benchmark;

import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Machine;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.benchmark.report.Report;
import io.lasttable.benchmark.soak.Soak;
import io.lasttable.local.Options;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code -Dlocal.run=bench}: starts the platform as in production, runs scenarios one after the other and writes what they
 * found. Options: {@code local.scenario} (names separated by commas, or {@code all}), {@code local.report} (folder),
 * {@code local.rounds}, {@code local.quick}, {@code local.seed}. {@code -Dlocal.run=soak} runs {@link Soak} alone, for
 * {@code local.minutes}.
 */
public final class Benchmark {

    private final Options options;
    private final Effort effort;
    private final List<Scenario> scenarios;
    private final Path folder;
    private final Consumer<String> progress;

    Benchmark(Options options, Effort effort, List<Scenario> scenarios, Path folder, Consumer<String> progress) {
        this.options = options;
        this.effort = effort;
        this.scenarios = scenarios;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs what the system properties ask for.
     *
     * @return whether every scenario could be finished and none found a wrong result; a missed target is no failure
     * @throws IllegalArgumentException for an unknown scenario, or a report folder that holds another run's report
     */
    public static boolean run(Options options, Consumer<String> progress) throws Exception {
        Path folder = folder(options);
        Report.requireFresh(folder);
        List<Scenario> scenarios = options.run() == Options.Run.SOAK
                ? List.of(new Soak(Duration.ofMinutes(Integer.getInteger("local.minutes", 10))))
                : Scenarios.named(System.getProperty("local.scenario", "all"));
        return new Benchmark(options, Effort.fromSystemProperties(), scenarios, folder, progress).run();
    }

    private static Path folder(Options options) {
        String named = System.getProperty("local.report", "");
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        return named.isBlank()
                ? options.root().resolve("benchmark/target/bench-" + now)
                : Path.of(named).toAbsolutePath();
    }

    /** Runs the scenarios; {@code options.data()} is not used, what is measured starts empty in the report's folder. */
    boolean run() throws Exception {
        Report report = new Report(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), environment());
        Options own = new Options(options.root(), folder.resolve("data"), Options.Run.ALL, options.ports(), setup());
        try (Testbed bed = new Testbed(own, effort, folder.resolve("work"))) {
            for (Scenario scenario : scenarios) {
                report.add(run(scenario, bed));
                bed.versions().forEach(report::describe);
                report.write(folder);
            }
        }
        progress.accept("The report is in " + folder.resolve("report.md"));
        return report.sound();
    }

    /** All load comes from one address, which in production would be thousands. */
    private Setup setup() {
        return options.setup().withEnvironment(Service.NOTIFY, Map.of("LASTTABLE_LIMITS_CONNECTIONS_PER_ADDRESS", "0"));
    }

    private Findings run(Scenario scenario, Testbed bed) {
        progress.accept("Scenario " + scenario.name());
        long from = System.nanoTime();
        Findings found = new Findings(scenario.name(), scenario.question());
        try {
            scenario.run(bed, found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            found.failed("interrupted");
        } catch (Exception e) {
            found.failed(e.toString());
            progress.accept("Scenario " + scenario.name() + " could not be finished: " + e);
        }
        progress.accept("Scenario " + scenario.name() + " took "
                + Duration.ofNanos(System.nanoTime() - from).toSeconds() + " s");
        return found;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = Machine.describe();
        environment.put("PostgreSQL fsync", options.setup().durable() ? "on" : "off");
        for (Service service : Service.values()) {
            environment.put(
                    service.label() + "-service", options.setup().isExecutable(service) ? "native executable" : "JVM");
        }
        environment.put("replicas", options.setup().replicas().toString());
        environment.put("rounds", String.valueOf(effort.rounds()));
        environment.put("seed", String.valueOf(effort.seed()));
        if (effort.quick()) {
            environment.put("quick", "yes: small sizes and few seconds, its figures mean little");
        }
        return environment;
    }
}
