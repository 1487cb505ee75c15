package io.lasttable.benchmark.peer;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Command;
import io.lasttable.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx with the nchan module, one worker. Debian's packages {@code nginx} and {@code libnginx-mod-nchan}. */
public final class Nchan {

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

    private Nchan() {}

    /** Empty where it is not installed. */
    public static Optional<PushServer> start(Testbed bed) throws IOException, InterruptedException {
        Optional<Path> program = Command.find("nginx");
        if (program.isEmpty() || !Files.exists(MODULE)) {
            return Optional.empty();
        }
        int port = FreePorts.next();
        Path folder = Files.createDirectories(bed.file("nginx"));
        Path file = Files.writeString(
                folder.resolve("nginx.conf"),
                CONFIGURATION.formatted(MODULE, folder, folder, folder, folder, folder, folder, folder, port));
        return Optional.of(PushServer.start(
                bed,
                List.of(program.get().toString(), "-p", folder.toString(), "-c", file.toString()),
                folder.resolve("out.log"),
                port,
                new PushServer.Protocol("/publish/day", "/subscribe/day", "", 0)));
    }
}
