package io.lasttable.notify.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The one place that reaches beneath quarkus-websockets-next, into the connection's Netty pipeline. Why:
 *
 * <ul>
 *   <li>Out: a frame that was encoded once, header included, goes to the system call without a copy, an object or a promise
 *       of its own, and the channel itself tells whether it has left. Through {@code sendText} each delivery encodes the
 *       text anew and costs a Uni, a CompletionStage and two futures. On epoll, without TLS or compression, and while nothing
 *       waits, not even the pipeline is walked: what that touches of each of thousands of connections is not in the cache.
 *   <li>In: each frame is handled where it is decoded, so nothing can queue up; the extension keeps received messages
 *       without bound (until its {@code max-pending-messages} is served), loses messages that begin with an empty fragment,
 *       takes text that is not UTF-8, and answers pings without limit.
 *   <li>Idle connections: the HTTP idle timer goes; {@link Shard} visits its peers instead. The request's headers go as soon
 *       as the handshake has been answered, since Vert.x and the extension would keep them, and a copy, as long as the
 *       connection lives. So do the data of the two contexts on which the request was handled and the connection opened.
 * </ul>
 *
 * <p>Handshake, close frames and the life of the connection stay with the extension. What is written here never exceeds one
 * frame that has not left, one ping or pong, and a close frame.
 */
final class SocketChannel extends ChannelDuplexHandler {

    private static final Logger LOG = Logger.getLogger(SocketChannel.class);
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(2).writeByte(0x89).writeByte(0).asReadOnly());
    private static final int CLOSE_LIMIT_SECONDS = 5;
    private static final int LINGER_SECONDS = 2;
    private static final int MOST_EARLY = 16;
    private static final String NAME = "live";

    private final Channel channel;
    private final TextMessages messages;
    private MultiMap handshake;
    private Context handledOn;
    private WebSocketConnection connection;
    private boolean deflated;
    private ChannelHandlerContext encoder;
    private DirectWrites direct;
    private ChannelHandlerContext self;
    private Session session;
    private List<WebSocketFrame> early;
    private byte[] unanswered;

    private SocketChannel(Channel channel, MultiMap handshake, int mostMessageBytes) {
        this.channel = channel;
        this.handshake = handshake;
        this.handledOn = Vertx.currentContext();
        this.messages = new TextMessages(mostMessageBytes);
    }

    /**
     * Starts to listen, before the handshake; on the request's context.
     *
     * @param handshake the request's headers; empty once it has been answered
     */
    static SocketChannel listen(Channel channel, MultiMap handshake, int mostMessageBytes) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(NAME) != null) {
            pipeline.remove(NAME);
        }
        SocketChannel listening = new SocketChannel(channel, handshake, mostMessageBytes);
        pipeline.addBefore("handler", NAME, listening);
        listening.self = pipeline.context(listening);
        return listening;
    }

    /** After the handshake: what comes is the session's, also what has come since. On the context of the opening. */
    void open(WebSocketConnection opened, Session of) {
        connection = opened;
        session = of;
        ChannelPipeline pipeline = channel.pipeline();
        deflated = pipeline.get(WebSocketExtensionEncoder.class) != null;
        encoder = pipeline.context("wsencoder");
        direct = deflated || isTls() ? null : DirectWrites.to(channel);
        if (pipeline.get("idle") != null) {
            pipeline.remove("idle");
        }
        forgetData(handledOn);
        forgetData(Vertx.currentContext());
        handledOn = null;
    }

    /** The handlers that the extension has set keep both contexts, and run on others. */
    private static void forgetData(Context context) {
        ContextInternal.LOCAL_MAP.remove(context);
    }

    /** Reads what has come before the session was open. */
    void readEarly() {
        List<WebSocketFrame> frames = early == null ? List.of() : early;
        early = null;
        frames.forEach(frame -> channelRead(self, frame));
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    boolean isDeflated() {
        return deflated;
    }

    /** @return whether everything has left; otherwise {@link Session#drained} follows */
    boolean write(SocketFrame frame) {
        ByteBuf shared = frame.buffer();
        int sent = direct != null && isFlushed() ? direct.send(shared) : 0;
        if (sent == shared.readableBytes()) {
            return true;
        }
        ByteBuf rest = shared.retainedSlice(shared.readerIndex() + sent, shared.readableBytes() - sent);
        if (deflated) {
            self.write(new TextWebSocketFrame(rest), channel.voidPromise());
            self.flush();
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
    long waitingBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** A ping, unless something still waits to leave. */
    void ping() {
        if (isFlushed()) {
            encoder.writeAndFlush(PING.duplicate(), channel.voidPromise());
        }
    }

    /** A close frame through the extension; whoever does not close in return is cut off. */
    void close(CloseReason reason) {
        if (!connection.isClosed()) {
            var closing = connection
                    .close(reason)
                    .subscribe()
                    .with(closed -> {}, failure -> LOG.debugf("Closed already: %s", failure.getMessage()));
            assert closing != null;
        }
        var limit = channel.eventLoop().schedule(this::cut, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        assert limit != null;
    }

    /** Ends the TCP connection; from here, since Vert.x' own handler would wait for the peer's close frame. */
    private void cut() {
        self.close();
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
                session.drained();
            }
        });
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (handshake != null && message instanceof HttpResponse) {
            handshake.clear();
            handshake = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            context.fireChannelRead(message);
        } else if (session == null) {
            keepEarly(frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            session.over();
            context.fireChannelRead(frame);
        } else {
            readAndRelease(frame);
        }
    }

    /** The handshake is answered and the session not yet open: only while many connect at once. */
    private void keepEarly(WebSocketFrame frame) {
        if (early == null) {
            early = new ArrayList<>(2);
        }
        early.add(frame);
        if (early.size() > MOST_EARLY) {
            cut();
        }
    }

    private void readAndRelease(WebSocketFrame frame) {
        try {
            if (session.heard(!(frame instanceof PongWebSocketFrame))) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void read(WebSocketFrame frame) {
        if (frame.rsv() != 0) {
            fail(CloseCode.PROTOCOL_ERROR.because("reserved bit"));
        } else if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            text(frame);
        } else if (frame instanceof BinaryWebSocketFrame) {
            session.end(CloseCode.BAD_FRAME.because("frames are text"));
        } else if (frame instanceof PingWebSocketFrame) {
            unanswered = ByteBufUtil.getBytes(frame.content());
            answerPing();
        }
    }

    private void text(WebSocketFrame frame) {
        try {
            String text = messages.add(frame.content(), frame.isFinalFragment());
            if (text != null) {
                session.text(text);
            }
        } catch (TextMessages.TooLong e) {
            session.end(CloseCode.TOO_LARGE.because("message too large"));
        } catch (CharacterCodingException e) {
            session.end(CloseCode.NOT_UTF8.because("text is not UTF-8"));
        }
    }

    /** Only the newest ping needs an answer (RFC 6455, section 5.5.3), so that pings cannot pile up. */
    private void answerPing() {
        if (unanswered != null && isFlushed()) {
            byte[] payload = unanswered;
            unanswered = null;
            self.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)), channel.voidPromise());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (session == null) {
            context.fireExceptionCaught(failure);
        } else if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            int code = corrupted.closeStatus().code();
            fail(new CloseReason(code, code == CloseCode.TOO_LARGE.code() ? "frame too large" : "protocol error"));
        } else if (failure instanceof CorruptedFrameException) {
            fail(CloseCode.NOT_UTF8.because("close reason is not UTF-8"));
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    /**
     * What comes after a broken frame cannot be read, a close in return neither (RFC 6455, section 7.1.7). Our side ends at
     * once; the rest is thrown away for a moment, since a connection that is closed with bytes unread is reset, and with a reset
     * the peer may never see why.
     */
    private void fail(CloseReason reason) {
        session.end(reason);
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && channel instanceof DuplexChannel both && !isTls()) {
                var ended = both.shutdownOutput();
                var limit = channel.eventLoop().schedule(this::cut, LINGER_SECONDS, TimeUnit.SECONDS);
                assert ended != null && limit != null;
            } else {
                cut();
            }
        });
    }

    private boolean isTls() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (session != null) {
            session.over();
        }
        if (early != null) {
            early.forEach(ReferenceCountUtil::release);
            early = null;
        }
        context.fireChannelInactive();
    }
}
