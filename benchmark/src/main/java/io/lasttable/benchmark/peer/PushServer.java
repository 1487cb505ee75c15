package io.lasttable.benchmark.peer;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Proc;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** Somebody else's push server as a process of its own: subscribers over WebSocket, messages published over HTTP. */
public final class PushServer implements AutoCloseable {

    /**
     * How it is spoken to.
     *
     * @param publishPath where messages are POSTed
     * @param subscribePath where a WebSocket subscribes by its path alone
     * @param channel named in the message around the data, or empty when the path names it
     * @param overhead bytes that the server's frame adds to the data
     */
    record Protocol(String publishPath, String subscribePath, String channel, int overhead) {}

    private final Testbed bed;
    private final Process process;
    private final int port;
    private final Protocol protocol;

    private PushServer(Testbed bed, Process process, int port, Protocol protocol) {
        this.bed = bed;
        this.process = process;
        this.port = port;
        this.protocol = protocol;
    }

    /** Starts {@code command} and waits until it listens on {@code port} of loopback. */
    static PushServer start(Testbed bed, List<String> command, Path log, int port, Protocol protocol)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PushServer server = new PushServer(bed, process, port, protocol);
        server.awaitListening(log);
        return server;
    }

    /** Has the load process for watchers open so many subscribers; it counts for them as for ours. */
    public JsonObject subscription(int count) {
        return new JsonObject()
                .put("ports", new JsonArray().add(port))
                .put("count", count)
                .put("path", protocol.subscribePath())
                .put("subprotocol", "");
    }

    /** @param bytes of the frame that a subscriber gets */
    public void publish(double rate, int count, int bytes) throws IOException {
        JsonObject sent = bed.load("changes")
                .ask(
                        "push",
                        new JsonObject()
                                .put("url", "http://127.0.0.1:" + port + protocol.publishPath())
                                .put("channel", protocol.channel())
                                .put("rate", rate)
                                .put("count", count)
                                .put("bytes", bytes - protocol.overhead()));
        assert sent.containsKey("seconds");
    }

    public double cpuSeconds() {
        return Proc.cpuSecondsOfTree(process.pid());
    }

    private void awaitListening(Path log) throws InterruptedException {
        for (int tries = 0; process.isAlive() && tries < 100; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IllegalStateException("The push server did not start; see " + log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        int code = process.waitFor();
        assert code >= 0;
    }
}
