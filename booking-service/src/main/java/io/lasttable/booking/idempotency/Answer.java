package io.lasttable.booking.idempotency;

import io.lasttable.booking.day.Decision;
import io.lasttable.booking.json.Json;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A success as the caller gets it, in a form that can be stored and given again.
 *
 * @param body JSON
 */
public record Answer(int status, Map<String, String> headers, String body) {

    private static final int MADE = 201;

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** @param view a record that says what the body is */
    public static Answer of(int status, Object view) {
        return new Answer(status, Map.of(), Json.write(view));
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** With one more member of the body. */
    public Answer plus(String member, Object value) {
        return new Answer(
                status, headers, new JsonObject(body).put(member, value).encode());
    }

    public Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON).entity(body);
        headers.forEach(response::header);
        return response.build();
    }

    /** As it was given the first time, and marked as said before. */
    Response replayed() {
        return with("Idempotency-Replayed", "true").response();
    }

    /**
     * For a caller who may not see guests: one that changed something loses them, unless it was first given to such a caller,
     * who got a reference. One that made something repeats what the request says. Nobody hears of another reservation.
     */
    Answer withoutGuest() {
        JsonObject json = new JsonObject(body);
        boolean warned = json.remove("warnings") != null;
        boolean ownWords = status == MADE || json.containsKey("guestRef");
        if (ownWords && !warned) {
            return this;
        }
        if (!ownWords) {
            json.remove("guest");
            json.remove("note");
            json.remove("metadata");
            json.remove("manageToken");
        }
        return new Answer(status, headers, json.encode());
    }

    String stored() {
        return "{\"status\":" + status + ",\"headers\":" + Json.write(headers) + ",\"body\":" + body + "}";
    }

    /** What a request was answered when it was granted before. */
    public static Map<String, Object> bodyOf(Decision.Replayed before) {
        return new JsonObject(before.answer()).getJsonObject("body").getMap();
    }

    static Answer ofStored(String stored) {
        JsonObject json = new JsonObject(stored);
        Map<String, String> headers = new LinkedHashMap<>();
        json.getJsonObject("headers").forEach(header -> headers.put(header.getKey(), (String) header.getValue()));
        return new Answer(
                json.getInteger("status"), headers, json.getJsonObject("body").encode());
    }
}
