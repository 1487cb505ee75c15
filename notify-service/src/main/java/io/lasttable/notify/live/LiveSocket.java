package io.lasttable.notify.live;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.access.WatchTokens;
import io.lasttable.notify.access.WatchTokens.Check;
import io.lasttable.notify.delivery.Message;
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
 * The endpoint of {@code lasttable.v1}: opens sessions and does what their frames ask for. {@link SocketChannel} reads frames
 * one after the other; "concurrent" says that the extension need not keep a queue for that, of 1 KB for each connection.
 */
@WebSocket(path = "/v1/live", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class LiveSocket {

    private static final Logger LOG = Logger.getLogger(LiveSocket.class);
    private static final TypedKey<Session> SESSION = new TypedKey<>("session");

    private final Shards shards;
    private final Admission admission;
    private final WatchTokens tokens;
    private final NotifyConfig config;
    private final LiveMetrics metrics;

    LiveSocket(Shards shards, Admission admission, WatchTokens tokens, NotifyConfig config, LiveMetrics metrics) {
        this.shards = shards;
        this.admission = admission;
        this.tokens = tokens;
        this.config = config;
        this.metrics = metrics;
    }

    NotifyConfig config() {
        return config;
    }

    LiveMetrics metrics() {
        return metrics;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        UpgradeCheck.Admitted admitted = connection.userData().remove(UpgradeCheck.ADMITTED);
        Shard shard = shards.of(admitted.channel().eventLoop());
        Session session = new Session(this, shard, admitted);
        admitted.channel().open(connection, session);
        shard.add(session);
        admission.opened(session.caller());
        connection.userData().put(SESSION, session);
        if (admitted.refusal() != null) {
            session.end(admitted.refusal());
            return;
        }
        session.tell(Message.hello(connection.id(), config.live().pingInterval().toMillis()));
        shards.welcome(session);
        admitted.channel().readEarly();
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

    void take(Session session, ClientFrame frame) {
        if (frame instanceof ClientFrame.Watch watch) {
            session.shard().days().watch(session.client(), watch.ref(), watch.key(), watch.version(), watch.confirm());
        } else if (frame instanceof ClientFrame.Unwatch unwatch) {
            session.client().unwatch(unwatch.ref());
        } else if (frame instanceof ClientFrame.WatchReservation watch) {
            watchReservation(session, watch);
        } else if (frame instanceof ClientFrame.WatchVenue watch) {
            watchVenue(session, watch);
        } else if (frame instanceof ClientFrame.Refused refused) {
            session.client().reply(Message.error(refused.ref(), refused.code(), refused.message()));
        } else if (frame instanceof ClientFrame.Bad bad) {
            session.end(CloseCode.BAD_FRAME.because(bad.why()));
        }
    }

    private void watchReservation(Session session, ClientFrame.WatchReservation watch) {
        Check check = tokens.check(watch.token());
        if (check instanceof Check.Valid valid) {
            session.shard()
                    .reservations()
                    .watch(session.client(), watch.ref(), valid.subject(), watch.token(), valid.validUntilSeconds());
        } else if (check instanceof Check.Expired) {
            refuse(session, watch.ref(), "token-expired", "The watch token has expired; get the reservation anew.");
        } else {
            refuse(session, watch.ref(), "token-invalid", "This is not a watch token of this platform.");
        }
    }

    private void watchVenue(Session session, ClientFrame.WatchVenue watch) {
        if (session.bearer() == null) {
            refuse(session, watch.ref(), "unauthorized", "Connect with a bearer token of scope reservations:read.");
        } else if (!session.bearer().mayRead(watch.venueId())) {
            refuse(session, watch.ref(), "forbidden", "The token lacks reservations:read or this venue.");
        } else if (session.bearer().validUntilSeconds()
                <= java.time.Instant.now().getEpochSecond()) {
            refuse(session, watch.ref(), "token-expired", "The bearer token has expired; connect with a new one.");
        } else {
            session.shard()
                    .reservations()
                    .watchVenue(
                            session.client(),
                            watch.ref(),
                            watch.venueId(),
                            session.bearer().validUntilSeconds());
        }
    }

    private static void refuse(Session session, String ref, String code, String message) {
        session.client().reply(Message.error(ref, code, message));
    }
}
