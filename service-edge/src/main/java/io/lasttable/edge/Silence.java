package io.lasttable.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which nothing comes any more, whoever waits on it, so that its place in the pool is free for another. From
 * beneath the driver: its own idle timeout says goodbye to the server and waits for the answer, which a server that has vanished, or a
 * firewall that has forgotten the connection, does not give.
 */
public final class Silence implements Handler<SqlConnection> {

    private final long millis;

    public Silence(Duration longest) {
        millis = longest.toMillis();
    }

    @Override
    public void handle(SqlConnection connection) {
        SocketConnectionBase driver = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        ChannelPipeline pipeline = driver.socket().channelHandlerContext().pipeline();
        ChannelPipeline limited = pipeline.addFirst(limit());
        assert limited == pipeline;
        Future<Void> pooled = connection.close();
        assert pooled != null;
    }

    private ChannelHandler limit() {
        return new IdleStateHandler(millis, 0, 0, TimeUnit.MILLISECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
                var closing = context.close();
                assert closing != null;
            }
        };
    }
}
