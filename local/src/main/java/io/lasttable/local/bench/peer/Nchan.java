package io.lasttable.local.bench.peer;

import io.lasttable.embedded.FreePorts;
import io.lasttable.local.bench.bed.Testbed;
import io.lasttable.local.bench.load.LoadProcess;
import io.lasttable.local.bench.measure.Command;
import io.lasttable.local.bench.measure.Proc;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * nginx with the nchan module, one worker, as a push server over WebSocket: publishers POST to {@code /publish/day},
 * subscribers connect to {@code /subscribe/day}. Debian's packages {@code nginx} and {@code libnginx-mod-nchan}.
 */
public final class Nchan implements AutoCloseable {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");
    private static final String CONFIGURATION = """
            load_module %s;
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            pid %s/nginx.pid;
            error_log %s/error.log warn;
            events { worker_connections 16384; }
            http {
              access_log off;
              tcp_nodelay on;
              keepalive_requests 1000000;
              client_body_temp_path %s/body;
              proxy_temp_path %s/proxy;
              fastcgi_temp_path %s/fastcgi;
              uwsgi_temp_path %s/uwsgi;
              scgi_temp_path %s/scgi;
              nchan_shared_memory_size 256m;
              server {
                listen 127.0.0.1:%d backlog=4096;
                location = /publish/day { nchan_publisher; nchan_channel_id day; nchan_store_messages off; }
                location = /subscribe/day { nchan_subscriber websocket; nchan_channel_id day; nchan_subscriber_first_message newest; }
              }
            }
            """;

    private final Testbed bed;
    private final Process nginx;
    private final int port;

    private Nchan(Testbed bed, Process nginx, int port) {
        this.bed = bed;
        this.nginx = nginx;
        this.port = port;
    }

    /** Empty where it is not installed. */
    public static Optional<Nchan> start(Testbed bed) throws IOException, InterruptedException {
        Optional<Path> program = Command.find("nginx");
        if (program.isEmpty() || !Files.exists(MODULE)) {
            return Optional.empty();
        }
        int port = FreePorts.next();
        Path folder = Files.createDirectories(bed.file("nginx"));
        Path file = Files.writeString(
                folder.resolve("nginx.conf"),
                CONFIGURATION.formatted(MODULE, folder, folder, folder, folder, folder, folder, folder, port));
        Process nginx = new ProcessBuilder(program.get().toString(), "-p", folder.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        Nchan nchan = new Nchan(bed, nginx, port);
        nchan.awaitListening();
        return Optional.of(nchan);
    }

    /** Has the load process for watchers open so many subscribers; it counts for them as for ours. */
    public JsonObject subscription(int count) {
        return new JsonObject()
                .put("ports", new JsonArray().add(port))
                .put("count", count)
                .put("path", "/subscribe/day")
                .put("subprotocol", "");
    }

    public void publish(double rate, int count, int bytes) throws IOException {
        LoadProcess publisher = bed.load("changes");
        JsonObject sent = publisher.ask(
                "push",
                new JsonObject()
                        .put("url", "http://127.0.0.1:" + port + "/publish/day")
                        .put("rate", rate)
                        .put("count", count)
                        .put("bytes", bytes));
        assert sent.containsKey("seconds");
    }

    public double cpuSeconds() {
        return Proc.cpuSecondsOfTree(nginx.pid());
    }

    /** Resident memory of the worker, in bytes. */
    public long residentBytes() {
        return nginx.toHandle()
                .descendants()
                .mapToLong(worker -> Proc.residentBytes(worker.pid()))
                .sum();
    }

    private void awaitListening() throws InterruptedException {
        for (int tries = 0; nginx.isAlive() && tries < 100; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("nginx did not start; see its out.log and error.log");
    }

    @Override
    public void close() throws InterruptedException {
        nginx.destroy();
        int code = nginx.waitFor();
        assert code >= 0;
    }
}
