package io.lasttable.notify.live;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.Client;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/** The endpoint of {@code lasttable.v1}: reads frames and hands them to the {@link LiveHub}. */
@WebSocket(path = "/v1/live")
public class LiveSocket {

    private static final Logger LOG = Logger.getLogger(LiveSocket.class);
    private static final TypedKey<Client> CLIENT = new TypedKey<>("client");
    private static final CloseReason NO_BINARY = new CloseReason(4400, "frames are text");

    private final LiveHub hub;
    private final NotifyConfig config;

    LiveSocket(LiveHub hub, NotifyConfig config) {
        this.hub = hub;
        this.config = config;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        Client[] self = new Client[1];
        self[0] = new Client(frame -> send(connection, self[0], frame));
        connection.userData().put(CLIENT, self[0]);
        String hello = "{\"op\":\"hello\",\"session\":\"" + connection.id() + "\",\"pingIntervalMs\":"
                + config.live().pingInterval().toMillis() + "}";
        hub.run(w -> {
            boolean sent = w.reply(self[0], hello);
            assert sent;
        });
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection connection) {
        Client client = connection.userData().get(CLIENT);
        ClientFrame frame = ClientFrame.parse(message);
        if (frame instanceof ClientFrame.Bad bad) {
            close(connection, new CloseReason(4400, bad.why()));
        } else if (frame instanceof ClientFrame.Watch watch) {
            hub.run(w -> w.watch(client, watch.ref(), watch.key(), watch.version(), watch.confirm()));
        } else if (frame instanceof ClientFrame.Unwatch unwatch) {
            hub.run(w -> w.unwatch(client, unwatch.ref()));
        } else if (frame instanceof ClientFrame.Refused refused) {
            hub.run(w -> w.error(client, refused.ref(), refused.code(), refused.message()));
        }
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer message, WebSocketConnection connection) {
        close(connection, NO_BINARY);
    }

    @OnClose
    @NonBlocking
    void closed(WebSocketConnection connection) {
        Client client = connection.userData().get(CLIENT);
        if (client != null) {
            hub.run(w -> w.closed(client));
        }
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("Connection %s failed: %s", connection.id(), failure.getMessage());
    }

    private void send(WebSocketConnection connection, Client client, String frame) {
        var sending = connection
                .sendText(frame)
                .subscribe()
                .with(sent -> hub.sent(client), failure -> hub.run(w -> w.closed(client)));
        assert sending != null;
    }

    private static void close(WebSocketConnection connection, CloseReason reason) {
        var closing = connection
                .close(reason)
                .subscribe()
                .with(closed -> {}, failure -> LOG.debugf("Already closed: %s", failure.getMessage()));
        assert closing != null;
    }
}
