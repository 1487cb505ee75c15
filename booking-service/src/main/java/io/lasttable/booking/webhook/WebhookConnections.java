package io.lasttable.booking.webhook;

import io.lasttable.booking.database.Connections;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** The pool of this room, with the limits to every wait that the bookings' has. */
@Singleton
@ReactiveDataSource("webhooks")
public class WebhookConnections implements PgPoolCreator {

    private final Connections connections = new Connections();

    @Override
    public Pool create(Input input) {
        return connections.create(input);
    }
}
