package io.lasttable.local.balancer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** What the load balancer itself answers when no target did; the body says which of the three it was and what to do. */
enum GatewayError {
    NOT_PLAIN(
            400,
            "not-plain",
            "The path has dot segments, empty segments, parameters or encoded delimiters: send it plain."),
    NO_ROUTE(404, "no-route", "No rule of the load balancer matches this path; the API is under /v1/."),
    BAD_GATEWAY(502, "bad-gateway", "The target refused the connection or closed it before it answered. Try again."),
    NO_TARGET(503, "no-healthy-target", "No healthy target at the moment. Try again shortly."),
    TIMED_OUT(504, "gateway-timeout", "The target did not answer within the idle timeout.");

    private final int status;
    private final String type;
    private final String detail;

    GatewayError(int status, String type, String detail) {
        this.status = status;
        this.type = type;
        this.detail = detail;
    }

    static final String CONTENT_TYPE = "application/problem+json";

    int status() {
        return status;
    }

    Buffer body(String group) {
        return new JsonObject()
                .put("type", "/problems/" + type)
                .put("title", type.replace('-', ' '))
                .put("status", status)
                .put("detail", detail)
                .put("targetGroup", group)
                .toBuffer();
    }
}
