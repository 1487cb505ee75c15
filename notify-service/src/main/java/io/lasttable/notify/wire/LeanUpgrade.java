package io.lasttable.notify.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Takes from an upgrade what would be kept for as long as the connection lives and is of no use to it:
 *
 * <ul>
 *   <li>the identity that Quarkus would find out when somebody asks. Nobody does, since tokens are verified by the upgrade
 *       check; but the extension would keep it, and with it the whole request;
 *   <li>the request's headers, which Vert.x keeps, and the extension a copy, as soon as the handshake has been answered;
 *   <li>the data of the two contexts on which the request was handled and the connection opened.
 * </ul>
 */
@ApplicationScoped
class LeanUpgrade {

    private static final int AFTER_SECURITY = SecurityHandlerPriorities.AUTHORIZATION - 1;
    private static final String NAME = "headers";

    void register(@Observes Filters filters) {
        filters.register(LeanUpgrade::forgetIdentity, AFTER_SECURITY);
    }

    private static void forgetIdentity(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.UPGRADE)) {
            context.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
        }
        context.next();
    }

    /** The handlers that the extension has set keep the context, and run on others. */
    static void forgetData(Context context) {
        ContextInternal.LOCAL_MAP.remove(context);
    }

    static void forgetHeadersWhenAnswered(ChannelPipeline pipeline, MultiMap headers) {
        Handlers.stand(pipeline, NAME, new Headers(headers));
    }

    /** Sees the handshake's answer go out, and goes with it. */
    private static final class Headers extends ChannelOutboundHandlerAdapter {

        private final MultiMap headers;

        Headers(MultiMap headers) {
            this.headers = headers;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            context.write(message, promise);
            if (message instanceof HttpResponse) {
                headers.clear();
                context.pipeline().remove(this);
            }
        }
    }
}
