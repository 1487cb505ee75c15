package io.lasttable.notify.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes in on a socket: each frame is handled where it is decoded, so nothing can queue up. The extension keeps received
 * messages without bound (until its {@code max-pending-messages} is served), loses messages that begin with an empty
 * fragment, takes text that is not UTF-8, and answers pings without limit. It keeps the handshake, close frames and the life
 * of the connection.
 */
public final class SocketReader extends ChannelInboundHandlerAdapter {

    private static final int MOST_EARLY = 16;
    private static final String NAME = "live";

    private final SocketWriter writer;
    private final int mostMessageBytes;
    private Context handledOn;
    private SocketListener listener;
    private List<WebSocketFrame> early;
    private byte[] begun;

    private SocketReader(SocketWriter writer, int mostMessageBytes) {
        this.writer = writer;
        this.mostMessageBytes = mostMessageBytes;
        this.handledOn = Vertx.currentContext();
    }

    /**
     * Starts to listen, before the handshake; on the request's context, whose headers are let go once it has been answered.
     * Empty when the connection has gone meanwhile.
     */
    public static Optional<SocketReader> listen(HttpServerRequest request, int mostMessageBytes) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        if (!channel.isActive()) {
            return Optional.empty();
        }
        SocketReader reader = new SocketReader(new SocketWriter(channel), mostMessageBytes);
        Handlers.stand(channel.pipeline(), NAME, reader);
        LeanUpgrade.forgetHeadersWhenAnswered(channel.pipeline(), request.headers());
        return Optional.of(reader);
    }

    /** After the handshake: what comes is the listener's. On the context of the opening. */
    public SocketWriter open(WebSocketConnection connection, SocketListener opened) {
        listener = opened;
        writer.open(connection, opened, writer.pipeline().context(this));
        LeanUpgrade.forgetData(handledOn);
        LeanUpgrade.forgetData(Vertx.currentContext());
        handledOn = null;
        return writer;
    }

    /** Reads what has come before the session was open. */
    public void readEarly() {
        List<WebSocketFrame> frames = early == null ? List.of() : early;
        early = null;
        ChannelHandlerContext self = writer.pipeline().context(this);
        frames.forEach(frame -> channelRead(self, frame));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            context.fireChannelRead(message);
        } else if (listener == null) {
            keepEarly(context, frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            listener.over();
            context.fireChannelRead(frame);
        } else {
            readAndRelease(frame);
        }
    }

    /** The handshake is answered and the session not yet open: only while many connect at once. */
    private void keepEarly(ChannelHandlerContext context, WebSocketFrame frame) {
        if (early == null) {
            early = new ArrayList<>(2);
        }
        early.add(frame);
        if (early.size() > MOST_EARLY) {
            context.close();
        }
    }

    private void readAndRelease(WebSocketFrame frame) {
        try {
            if (listener.heard(!(frame instanceof PongWebSocketFrame))) {
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
            listener.end(CloseCode.BAD_FRAME.because("frames are text"));
        } else if (frame instanceof PingWebSocketFrame) {
            writer.pong(ByteBufUtil.getBytes(frame.content()));
        }
    }

    private void text(WebSocketFrame frame) {
        try {
            byte[] message = TextMessage.join(begun, frame.content(), mostMessageBytes);
            begun = frame.isFinalFragment() ? null : message;
            if (begun == null) {
                listener.text(TextMessage.decode(message));
            }
        } catch (TextMessage.TooLong e) {
            listener.end(CloseCode.TOO_LARGE.because("message too large"));
        } catch (CharacterCodingException e) {
            listener.end(CloseCode.NOT_UTF8.because("text is not UTF-8"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (listener == null) {
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

    private void fail(CloseReason reason) {
        listener.end(reason);
        writer.linger();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (listener != null) {
            listener.over();
        }
        if (early != null) {
            early.forEach(ReferenceCountUtil::release);
            early = null;
        }
        context.fireChannelInactive();
    }
}
