package io.lasttable.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;

/** Vert.x' epoll transport with a {@link RequestDeadline} for each connection. Found by Vert.x as a service. */
public final class Deadlines extends EpollTransport {

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        RequestDeadline.on(bootstrap);
    }
}
