package io.lasttable.local.balancer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** The X-Forwarded headers as an ALB writes them: the address is appended, protocol and port are replaced. */
final class Forwarded {

    private Forwarded() {}

    static void add(HttpServerRequest request, MultiMap headers) {
        String client = request.remoteAddress().hostAddress();
        String before = headers.get("X-Forwarded-For");
        headers.set("X-Forwarded-For", before == null ? client : before + ", " + client);
        headers.set("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
        headers.set("X-Forwarded-Port", String.valueOf(request.localAddress().port()));
    }
}
