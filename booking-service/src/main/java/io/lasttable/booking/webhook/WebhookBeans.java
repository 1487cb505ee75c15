package io.lasttable.booking.webhook;

import io.lasttable.booking.BookingConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What the delivery and the resource share. */
class WebhookBeans {

    @Produces
    @Singleton
    Receivers receivers(BookingConfig config) {
        return new Receivers(
                config.webhooks().allowHttp(),
                new Reachable(config.webhooks().allowedNetworks().orElse(List.of())));
    }

    @Produces
    @Singleton
    Sender sender(Vertx vertx, Receivers receivers, BookingConfig config) {
        return new Sender(vertx, receivers, new Names(vertx), config.webhooks().timeout());
    }

    void close(@Disposes Sender sender) {
        sender.close();
    }
}
