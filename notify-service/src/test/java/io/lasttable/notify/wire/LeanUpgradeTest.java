package io.lasttable.notify.wire;

import static io.lasttable.notify.world.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.world.RawSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** An open connection must not keep the request that it began as: a third of what it takes in memory. */
@QuarkusTest
class LeanUpgradeTest {

    /** Sees each upgrade go by, without holding on to it. */
    @ApplicationScoped
    static class Upgrades {

        final Queue<WeakReference<RoutingContext>> seen = new ConcurrentLinkedQueue<>();
        final Queue<Context> handledOn = new ConcurrentLinkedQueue<>();

        void register(@Observes Filters filters) {
            filters.register(
                    context -> {
                        if (context.request().headers().contains(HttpHeaders.UPGRADE)) {
                            seen.add(new WeakReference<>(context));
                            handledOn.add(Vertx.currentContext());
                        }
                        context.next();
                    },
                    1);
        }

        Queue<WeakReference<RoutingContext>> seen() {
            return seen;
        }

        Queue<Context> handledOn() {
            return handledOn;
        }
    }

    @TestHTTPResource("/v1/live")
    URI live;

    @Inject
    Upgrades upgrades;

    @Test
    void whatItsContextHeldGoes() throws Exception {
        upgrades.handledOn().clear();
        try (RawSocket socket = RawSocket.open(live)) {
            assertThat(socket.next(TEXT).text()).contains("\"op\":\"hello\"");
            assertThat(upgrades.handledOn())
                    .singleElement()
                    .satisfies(context ->
                            assertThat(ContextInternal.LOCAL_MAP.get(context)).isNull());
        }
    }

    @Test
    void theRequestGoesWhileTheConnectionStays() throws Exception {
        upgrades.seen().clear();
        try (RawSocket socket = RawSocket.open(live)) {
            assertThat(socket.next(TEXT).text()).contains("\"op\":\"hello\"");
            assertThat(upgrades.seen()).hasSize(1);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                System.gc();
                return upgrades.seen().element().get() == null;
            });
            socket.text("{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"nowhere\",\"date\":\"2030-01-01\"}");
            assertThat(socket.next(TEXT).text()).contains("\"ref\":\"a\"");
        }
    }
}
