package io.lasttable.booking.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes messages of what is due, and sends them.
 *
 * @param guests the personal data that belongs to an event as it is now; read each time and stored nowhere, so that it
 *     goes to nobody after an erasure
 */
record Outgoing(Sender sender, Function<Event, Uni<Optional<JsonObject>>> guests) {

    /** Fails only if the personal data cannot be read. */
    Uni<Attempted> send(DeliveryTable.Due due) {
        if (!due.includeGuest()) {
            return sender.send(Message.of(due.url(), due.event(), Optional.empty(), due.secrets()));
        }
        return guests.apply(due.event())
                .chain(personal -> sender.send(Message.of(due.url(), due.event(), personal, due.secrets())))
                .map(Attempted::withoutText);
    }
}
