package io.lasttable.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose request takes too long to come, however busily it drips: its first byte is there
 * {@value #SILENCE_SECONDS} s after it was opened, a head {@value #HEAD_SECONDS} s after its first byte, the whole request
 * {@value #WHOLE_SECONDS} s after its head. Vert.x knows only how long nothing came; that ends a rest between two requests.
 *
 * <p>Stands in front of the decoder, and sees what that has made of some bytes by a second handler behind it. A request that
 * comes in one piece costs no timer but its connection's first, and a connection that has become a socket is left alone.
 */
public final class RequestDeadline extends ChannelInboundHandlerAdapter {

    static final int SILENCE_SECONDS = 30;
    static final int HEAD_SECONDS = 10;
    static final int WHOLE_SECONDS = 60;

    private enum Awaited {
        NOTHING(0),
        FIRST_BYTE(SILENCE_SECONDS),
        HEAD(HEAD_SECONDS),
        BODY(WHOLE_SECONDS);

        private final int seconds;

        Awaited(int seconds) {
            this.seconds = seconds;
        }
    }

    private Awaited awaited = Awaited.NOTHING;
    private Awaited timed = Awaited.NOTHING;
    private Future<?> timer;
    private Decoded decoded;

    /** Puts one into each connection that the server accepts, before what the server puts there. */
    public static void on(ServerBootstrap server) {
        ChannelHandler others = server.config().childHandler();
        server.childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new RequestDeadline(), others);
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        awaited = Awaited.FIRST_BYTE;
        time(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!watches(context)) {
            stop();
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
            return;
        }
        if (awaited == Awaited.NOTHING || awaited == Awaited.FIRST_BYTE) {
            awaited = Awaited.HEAD;
        }
        context.fireChannelRead(bytes);
        if (awaited != timed) {
            time(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    /** False once there is no decoder: what comes now are no requests. */
    private boolean watches(ChannelHandlerContext context) {
        ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null && decoded == null) {
            decoded = new Decoded();
            context.pipeline().addAfter(decoder.name(), null, decoded);
        } else if (decoder == null && decoded != null) {
            context.pipeline().remove(decoded);
        }
        return decoder != null;
    }

    private void time(ChannelHandlerContext context) {
        stop();
        timed = awaited;
        if (awaited != Awaited.NOTHING) {
            timer = context.executor().schedule((Runnable) context::close, awaited.seconds, TimeUnit.SECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private final class Decoded extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpRequest) {
                awaited = Awaited.BODY;
            }
            if (part instanceof LastHttpContent) {
                awaited = Awaited.NOTHING;
            }
            context.fireChannelRead(part);
        }
    }
}
