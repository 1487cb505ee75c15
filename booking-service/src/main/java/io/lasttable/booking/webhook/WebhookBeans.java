package io.lasttable.booking.webhook;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What the delivery and the resource share. */
class WebhookBeans {

    @Produces
    @Singleton
    Receivers receivers(WebhookSettings settings) {
        return new Receivers(
                settings.allowHttp(), new Reachable(settings.allowedNetworks().orElse(List.of())));
    }

    @Produces
    @Singleton
    Sender sender(Vertx vertx, Receivers receivers, WebhookSettings settings) {
        return new Sender(vertx, receivers, new Names(vertx), settings.timeout());
    }

    void close(@Disposes Sender sender) {
        sender.close();
    }
}
