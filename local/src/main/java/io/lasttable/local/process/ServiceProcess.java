package io.lasttable.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One running service: a child process with a log of its own, written down in the {@link PidFile} while it lives. */
public final class ServiceProcess {

    private static final int KILLED = 137;
    private static final int LAST_LINES = 15;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final ServiceSpec spec;
    private final Process process;
    private final long startedAt = System.nanoTime();
    private volatile long readyAt = startedAt;
    private volatile boolean stopping;

    private ServiceProcess(ServiceSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /** Its output goes behind what is in the log already, since one that is started again had a reason. */
    public static ServiceProcess start(ServiceSpec spec, PidFile pids) {
        ProcessBuilder builder = new ProcessBuilder(spec.command()).redirectErrorStream(true);
        builder.environment().putAll(spec.environment());
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            Process process = builder.redirectOutput(
                            ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
                    .start();
            pids.add(spec.name(), process.toHandle());
            return new ServiceProcess(spec, process);
        } catch (IOException e) {
            throw new ServiceFailedException(spec.name() + " could not be started: " + e.getMessage());
        }
    }

    public String name() {
        return spec.name();
    }

    /** How it was started, to start it again. */
    public ServiceSpec spec() {
        return spec;
    }

    public int port() {
        return spec.port();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for a one-shot to end well. */
    public void awaitSuccess(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new ServiceFailedException(
                    spec.name() + " took longer than " + limit.toSeconds() + " s" + lastWords());
        }
        if (process.exitValue() != 0) {
            throw died();
        }
    }

    /** From its start until it was found ready, to the precision of a look. */
    public Duration startTime() {
        return Duration.ofNanos(readyAt - startedAt);
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady(Duration limit) throws InterruptedException {
        await(limit, this::ready);
    }

    /** Waits until something takes connections at its port: for what has no health to ask for. */
    public void awaitListening(Duration limit) throws InterruptedException {
        await(limit, this::listens);
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(Duration limit, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw died();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ServiceFailedException(
                        spec.name() + " was not ready within " + limit.toSeconds() + " s" + lastWords());
            }
        }
        readyAt = System.nanoTime();
    }

    /** Calls back when the process ends without having been asked to. */
    public void onDeath(Consumer<ServiceFailedException> listener) {
        process.onExit()
                .thenAccept(ended -> {
                    if (!stopping) {
                        listener.accept(died());
                    }
                })
                .exceptionally(failure -> {
                    listener.accept(new ServiceFailedException(spec.name() + ": " + failure.getMessage()));
                    return null;
                });
    }

    /** Asks the process to end; {@link #awaitEnd} sees to it. */
    public void requestStop() {
        stopping = true;
        process.destroy();
    }

    /** Kills the process if it has not ended within {@code grace}. */
    public void awaitEnd(Duration grace) throws InterruptedException {
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean ready() throws InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + spec.managementPort() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), spec.port())) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private ServiceFailedException died() {
        int code = process.exitValue();
        String why = code == KILLED ? " (killed from outside: often the machine ran out of memory)" : "";
        return new ServiceFailedException(spec.name() + " ended with exit code " + code + why + lastWords());
    }

    private String lastWords() {
        return "; the end of " + spec.log() + ":\n"
                + LogTail.of(spec.log(), LAST_LINES).indent(4);
    }
}
