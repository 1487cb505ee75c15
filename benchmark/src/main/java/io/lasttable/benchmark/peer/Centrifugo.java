package io.lasttable.benchmark.peer;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Command;
import io.lasttable.embedded.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Centrifugo 6 with its memory engine and its leanest transport, the unidirectional WebSocket. A Go program:
 * {@code go install github.com/centrifugal/centrifugo/v6@latest}, then on the PATH.
 */
public final class Centrifugo {

    private static final String CHANNEL = "day";
    private static final String FRAME_AROUND_DATA = "{\"channel\":\"day\",\"pub\":{\"data\":}}";

    private Centrifugo() {}

    /** Empty where it is not installed. */
    public static Optional<PushServer> start(Testbed bed) throws IOException, InterruptedException {
        Optional<Path> program = Command.find("centrifugo");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = FreePorts.next();
        Path folder = Files.createDirectories(bed.file("centrifugo"));
        Path file = Files.writeString(
                folder.resolve("config.json"), configuration(port).encode());
        return Optional.of(PushServer.start(
                bed,
                List.of(program.get().toString(), "-c", file.toString()),
                folder.resolve("out.log"),
                port,
                new PushServer.Protocol("/api/publish", subscribePath(), CHANNEL, FRAME_AROUND_DATA.length())));
    }

    /** Nobody is asked who they are: what is compared is delivery. */
    private static JsonObject configuration(int port) {
        JsonObject unsafe = new JsonObject().put("insecure", true);
        return new JsonObject()
                .put("http_server", new JsonObject().put("address", "127.0.0.1").put("port", port))
                .put("client", unsafe)
                .put("http_api", unsafe)
                .put("uni_websocket", new JsonObject().put("enabled", true))
                .put("log", new JsonObject().put("level", "warn"));
    }

    private static String subscribePath() {
        JsonObject connect = new JsonObject().put("subs", new JsonObject().put(CHANNEL, new JsonObject()));
        return "/connection/uni_websocket?cf_ws_frame_ping_pong=true&cf_connect="
                + URLEncoder.encode(connect.encode(), StandardCharsets.UTF_8);
    }
}
