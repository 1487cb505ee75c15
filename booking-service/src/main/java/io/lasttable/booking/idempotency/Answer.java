package io.lasttable.booking.idempotency;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** A success as the caller gets it, in a form that can be kept and given again. */
public record Answer(int status, Map<String, String> headers, JsonObject body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, JsonObject body) {
        return new Answer(status, Map.of(), body);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON).entity(body.encode());
        headers.forEach(response::header);
        return response.build();
    }

    /** As it was given the first time, and marked as said before. */
    Response replayed() {
        return with("Idempotency-Replayed", "true").response();
    }

    String kept() {
        return new JsonObject()
                .put("status", status)
                .put("headers", new JsonObject(new LinkedHashMap<>(headers)))
                .put("body", body)
                .encode();
    }

    static Answer ofKept(String kept) {
        JsonObject json = new JsonObject(kept);
        Map<String, String> headers = new LinkedHashMap<>();
        json.getJsonObject("headers").forEach(header -> headers.put(header.getKey(), (String) header.getValue()));
        return new Answer(json.getInteger("status"), headers, json.getJsonObject("body"));
    }
}
