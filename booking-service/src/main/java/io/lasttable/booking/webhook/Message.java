package io.lasttable.booking.webhook;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An event on its way to a receiver.
 *
 * @param secrets that it is signed with, each for itself
 */
record Message(URI url, UUID id, String body, List<String> secrets) {

    /** @param personal members of the event's data that are not in its payload */
    static Message of(URI url, Event event, Optional<JsonObject> personal, List<String> secrets) {
        return new Message(url, event.id(), body(event, personal), secrets);
    }

    /** The same bytes each time, so that who has one attempt's timestamp can check its signature. */
    static String body(Event event, Optional<JsonObject> personal) {
        JsonObject about = new JsonObject()
                .put("type", event.type())
                .put("timestamp", event.time().toString())
                .put("id", event.id().toString())
                .put("subject", event.subject());
        if (!event.venueId().isEmpty()) {
            about.put("venueId", event.venueId()).put("cursor", Long.toString(event.seq()));
        }
        String attributes = about.encode();
        String data = personal.map(
                        more -> new JsonObject(event.payload()).mergeIn(more).encode())
                .orElse(event.payload());
        return attributes.substring(0, attributes.length() - 1) + ",\"data\":" + data + "}";
    }

    /** Signed anew for each attempt: receivers refuse what is signed too long ago. */
    Map<String, String> headers(Instant now) {
        Map<String, String> headers = Signature.headers(id, now, body, secrets);
        headers.put("content-type", "application/json");
        headers.put("user-agent", "lasttable-webhooks");
        return headers;
    }
}
