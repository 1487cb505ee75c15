package io.lasttable.notify.socket;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.hub.Admission;
import io.lasttable.notify.hub.Hub;
import io.lasttable.notify.wire.SocketReader;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import org.jboss.logging.Logger;

/**
 * The endpoint of {@code lasttable.v1}: begins and ends sessions. {@link SocketReader} reads frames one after the other;
 * "concurrent" says that the extension need not keep a queue for that, of 1 KB for each connection.
 */
@WebSocket(path = "/v1/live", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class LiveSocket {

    private static final Logger LOG = Logger.getLogger(LiveSocket.class);
    private static final TypedKey<Session> SESSION = new TypedKey<>("session");

    private final Hub hub;
    private final Admission admission;
    private final Terms terms;
    private final long pingIntervalMillis;

    LiveSocket(Hub hub, Admission admission, Terms terms, NotifyConfig config) {
        this.hub = hub;
        this.admission = admission;
        this.terms = terms;
        this.pingIntervalMillis = config.live().pingInterval().toMillis();
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        UpgradeCheck.Admitted admitted = connection.userData().remove(UpgradeCheck.ADMITTED);
        Session session = new Session(terms, hub.of(admitted.loop()), admitted, connection);
        session.shard().add(session);
        admission.opened(session.caller());
        connection.userData().put(SESSION, session);
        if (admitted.refusal() != null) {
            session.end(admitted.refusal());
            return;
        }
        session.outbox().reply(Message.hello(connection.id(), pingIntervalMillis));
        hub.welcome(session);
        admitted.reader().readEarly();
    }

    @OnClose
    @NonBlocking
    void closed(WebSocketConnection connection) {
        Session session = connection.userData().remove(SESSION);
        if (session != null) {
            session.over();
            session.shard().remove(session);
            admission.closed(session.caller());
        }
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("Connection %s failed: %s", connection.id(), failure.getMessage());
    }
}
