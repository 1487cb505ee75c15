package io.lasttable.notify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.handler.ssl.SslHandler;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What goes out on a socket: a frame that was encoded once, header included, goes to the system call without a copy, an object
 * or a promise of its own, and the channel itself tells whether it has left. Through {@code sendText} each delivery encodes
 * the text anew and costs a Uni, a CompletionStage and two futures. On epoll, without TLS or compression, and while nothing
 * waits, not even the pipeline is walked: what that touches of each of thousands of connections is not in the cache.
 *
 * <p>What is written here never exceeds one frame that has not left, one ping or pong, and a close frame.
 */
public final class SocketWriter {

    private static final Logger LOG = Logger.getLogger(SocketWriter.class);
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(2).writeByte(0x89).writeByte(0).asReadOnly());
    private static final int CLOSE_LIMIT_SECONDS = 5;
    private static final int LINGER_SECONDS = 2;

    private final Channel channel;
    private WebSocketConnection connection;
    private SocketListener listener;
    private ChannelHandlerContext reader;
    private ChannelHandlerContext encoder;
    private FileDescriptor direct;
    private boolean deflated;
    private byte[] unanswered;

    SocketWriter(Channel channel) {
        this.channel = channel;
    }

    void open(WebSocketConnection opened, SocketListener of, ChannelHandlerContext readBy) {
        connection = opened;
        listener = of;
        reader = readBy;
        encoder = Handlers.find(pipeline(), Handlers.FRAME_ENCODER);
        deflated = pipeline().get(WebSocketExtensionEncoder.class) != null;
        direct = deflated || isTls() ? null : DirectWrites.descriptor(channel);
        // The hub visits its connections instead.
        Handlers.removeIfThere(pipeline(), Handlers.IDLE);
    }

    ChannelPipeline pipeline() {
        return channel.pipeline();
    }

    /** Whether frames are compressed here, by the connection's own compressor. */
    public boolean isDeflated() {
        return deflated;
    }

    /** @return whether everything has left; otherwise {@link SocketListener#drained} follows */
    public boolean write(SocketFrame frame) {
        ByteBuf shared = frame.buffer();
        int sent = direct != null && isFlushed() ? DirectWrites.send(direct, shared) : 0;
        if (sent == shared.readableBytes()) {
            return true;
        }
        ByteBuf rest = shared.retainedSlice(shared.readerIndex() + sent, shared.readableBytes() - sent);
        if (deflated) {
            reader.write(new TextWebSocketFrame(rest), channel.voidPromise());
            reader.flush();
        } else {
            encoder.write(rest, channel.voidPromise());
            encoder.flush();
        }
        if (isFlushed()) {
            return true;
        }
        tellWhenFlushed();
        return false;
    }

    /** Bytes written that the peer's system has not yet made room for. */
    public long waitingBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** A ping, unless something still waits to leave. */
    public void ping() {
        if (isFlushed()) {
            encoder.writeAndFlush(PING.duplicate(), channel.voidPromise());
        }
    }

    /** Only the newest ping needs an answer (RFC 6455, section 5.5.3), so that pings cannot pile up. */
    void pong(byte[] payload) {
        unanswered = payload;
        answerPing();
    }

    private void answerPing() {
        if (unanswered != null && isFlushed()) {
            byte[] payload = unanswered;
            unanswered = null;
            reader.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)), channel.voidPromise());
        }
    }

    /** A close frame through the extension; whoever does not close in return is cut off. */
    public void close(CloseReason reason) {
        if (!connection.isClosed()) {
            var unused = connection
                    .close(reason)
                    .subscribe()
                    .with(closed -> {}, failure -> LOG.debugf("Closed already: %s", failure.getMessage()));
        }
        cutAfter(CLOSE_LIMIT_SECONDS);
    }

    /**
     * After a close frame. What comes after a broken frame cannot be read, a close in return neither (RFC 6455, section 7.1.7).
     * Our side ends at once; the rest is thrown away for a moment, since a connection that is closed with bytes unread is
     * reset, and with a reset the peer may never see why.
     */
    void linger() {
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && channel instanceof DuplexChannel both && !isTls()) {
                both.shutdownOutput();
                cutAfter(LINGER_SECONDS);
            } else {
                cut();
            }
        });
    }

    private void cutAfter(int seconds) {
        var unused = channel.eventLoop().schedule(this::cut, seconds, TimeUnit.SECONDS);
    }

    /** Ends the TCP connection; from here, since Vert.x' own handler would wait for the peer's close frame. */
    private void cut() {
        reader.close();
    }

    private boolean isFlushed() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null || out.isEmpty();
    }

    /** An empty write completes when all before it have. */
    private void tellWhenFlushed() {
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) {
                answerPing();
                listener.drained();
            }
        });
    }

    private boolean isTls() {
        return pipeline().get(SslHandler.class) != null;
    }
}
