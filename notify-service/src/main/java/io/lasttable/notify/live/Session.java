package io.lasttable.notify.live;

import io.lasttable.notify.access.Bearer;
import io.lasttable.notify.delivery.Client;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outlet;
import io.quarkus.websockets.next.CloseReason;
import java.time.Clock;

/**
 * One open socket: what it is allowed, what it watches, when it was last heard. On its event loop only. How bytes come and
 * go is {@link SocketChannel}'s business.
 */
final class Session implements Outlet, Peer {

    private final LiveSocket socket;
    private final Shard shard;
    private final SocketChannel channel;
    private final Bearer bearer;
    private final String caller;
    private final Client client;
    private final MessageRate rate;
    private int place = -1;
    private boolean ended;
    private long heardAt;
    private long watchedAt;
    private long waitingBytes;

    Session(LiveSocket socket, Shard shard, UpgradeCheck.Admitted admitted) {
        this.socket = socket;
        this.shard = shard;
        this.channel = admitted.channel();
        this.bearer = admitted.bearer();
        this.caller = admitted.caller();
        var limits = socket.config().limits();
        long now = Clock.systemUTC().millis();
        this.client = new Client(this, limits.watches());
        this.rate = new MessageRate(limits.messagesPerSecond(), limits.messageBurst(), now);
        this.heardAt = now;
        this.watchedAt = now;
    }

    String caller() {
        return caller;
    }

    Client client() {
        return client;
    }

    Shard shard() {
        return shard;
    }

    Bearer bearer() {
        return bearer;
    }

    /** Something has come from the peer. False when it sends more than it may and has been closed. */
    boolean heard(boolean counts) {
        long now = Clock.systemUTC().millis();
        heardAt = now;
        if (counts && !ended && !rate.admits(now)) {
            end(CloseCode.TOO_MANY.because("too many messages"));
        }
        return !ended;
    }

    void text(String text) {
        if (!ended) {
            socket.take(this, ClientFrame.parse(text));
        }
    }

    /** Everything written has left. */
    void drained() {
        heardAt = Clock.systemUTC().millis();
        client.drained();
    }

    /** Sends a close frame and nothing after it. */
    void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            client.closed();
            channel.close(reason);
        }
    }

    /** The peer closes, or the connection is gone. */
    void over() {
        ended = true;
        client.closed();
    }

    @Override
    public Format format() {
        return channel.isDeflated() ? SocketFrame.DEFLATED : SocketFrame.PLAIN;
    }

    @Override
    public boolean write(Frame frame) {
        SocketFrame encoded = (SocketFrame) frame;
        socket.metrics().wrote(encoded.size());
        return channel.write(encoded);
    }

    @Override
    public void overwhelmed() {
        end(CloseCode.POLICY.because("answers are not read"));
    }

    @Override
    public void visit(long nowMillis) {
        var live = socket.config().live();
        long waiting = channel.waitingBytes();
        if (waiting < waitingBytes) {
            heardAt = nowMillis;
        }
        waitingBytes = waiting;
        if (client.watches() > 0) {
            watchedAt = nowMillis;
        }
        if (nowMillis - heardAt > live.silence().toMillis()) {
            end(CloseCode.IDLE.because("silent"));
        } else if (nowMillis - watchedAt > live.idle().toMillis()) {
            end(CloseCode.IDLE.because("nothing watched"));
        } else {
            channel.ping();
        }
    }

    @Override
    public void bye(long reconnectAfterMillis) {
        if (!ended) {
            Frame bye = format().encode(Message.bye(reconnectAfterMillis));
            boolean left = write(bye);
            bye.release();
            assert left || channel.waitingBytes() >= 0;
            end(CloseCode.RESTART.because("restart"));
        }
    }

    @Override
    public boolean isLeaving() {
        return ended;
    }

    @Override
    public void tell(Message message) {
        if (!ended) {
            client.reply(message);
        }
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void place(int at) {
        place = at;
    }
}
