package io.lasttable.notify.socket;

import io.lasttable.notify.access.Bearer;
import io.lasttable.notify.access.WatchTokens;
import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.hub.Shard;
import io.lasttable.notify.wire.CloseCode;
import io.lasttable.notify.wire.Loop;
import io.lasttable.notify.wire.SocketFrame;
import io.lasttable.notify.wire.SocketListener;
import io.lasttable.notify.wire.SocketWriter;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/** One open socket: what it is allowed, what it asks for, when it was last heard. On its event loop only. */
final class Session extends Connection implements SocketListener {

    private static final Logger LOG = Logger.getLogger(Session.class);

    private final Terms terms;
    private final Shard shard;
    private final Bearer bearer;
    private final String caller;
    private final MessageRate rate;
    private final SocketWriter writer;
    private boolean told;
    private boolean ended;
    private long heardAt;
    private long watchedAt;
    private long waitingBytes;

    Session(Terms terms, Shard shard, UpgradeCheck.Admitted admitted, WebSocketConnection connection) {
        super(terms.limits.watches());
        this.terms = terms;
        this.shard = shard;
        this.bearer = admitted.bearer();
        this.caller = admitted.caller();
        long now = Loop.millis();
        this.rate = new MessageRate(terms.limits.messagesPerSecond(), terms.limits.messageBurst(), now);
        this.heardAt = now;
        this.watchedAt = now;
        this.writer = admitted.reader().open(connection, this);
    }

    Shard shard() {
        return shard;
    }

    /** Null without one. */
    Bearer bearer() {
        return bearer;
    }

    WatchTokens.Check check(String watchToken) {
        return terms.tokens.check(watchToken);
    }

    @Override
    public boolean heard(boolean counts) {
        long now = Loop.millis();
        heardAt = now;
        if (counts && !ended && !rate.admits(now)) {
            end(CloseCode.TOO_MANY.because("too many messages"));
        }
        return !ended;
    }

    @Override
    public void text(String text) {
        if (!ended) {
            ClientFrames.parse(text).run(this);
        }
    }

    @Override
    public void drained() {
        heardAt = Loop.millis();
        outbox().drained();
    }

    /** Sends a close frame and nothing after it. */
    @Override
    public void end(CloseReason reason) {
        if (!ended) {
            over();
            writer.close(reason);
        }
    }

    @Override
    public void over() {
        ended = true;
        outbox().closed();
    }

    @Override
    public void gone() {
        over();
        shard.remove(this);
        terms.admission.left(caller);
    }

    @Override
    public void failed(Throwable why) {
        LOG.errorf(why, "A connection that could not be sent what is new is cut");
        over();
        writer.cut();
    }

    @Override
    public Format format() {
        return writer.isDeflated() ? SocketFrame.DEFLATED : SocketFrame.PLAIN;
    }

    @Override
    public boolean write(Frame frame) {
        SocketFrame encoded = (SocketFrame) frame;
        terms.metrics.wrote(encoded.size());
        return writer.write(encoded);
    }

    @Override
    public void overwhelmed() {
        end(CloseCode.POLICY.because("answers are not read"));
    }

    @Override
    public void visit(long nowMillis) {
        long waiting = writer.waitingBytes();
        if (waiting < waitingBytes) {
            heardAt = nowMillis;
        }
        waitingBytes = waiting;
        if (outbox().watches() > 0) {
            watchedAt = nowMillis;
        }
        if (nowMillis - heardAt > terms.silenceMillis) {
            end(CloseCode.IDLE.because("silent"));
        } else if (nowMillis - watchedAt > terms.idleMillis) {
            end(CloseCode.IDLE.because("nothing watched"));
        } else {
            writer.ping();
        }
    }

    @Override
    public void bye(long reconnectAfterMillis) {
        if (!isLeaving()) {
            told = true;
            outbox().reply(Message.bye(reconnectAfterMillis));
        }
    }

    @Override
    public void leave() {
        end(CloseCode.RESTART.because("restart"));
    }

    @Override
    public boolean isLeaving() {
        return told || ended;
    }
}
