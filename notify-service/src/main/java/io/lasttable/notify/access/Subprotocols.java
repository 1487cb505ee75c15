package io.lasttable.notify.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** What an upgrade request offers in {@code Sec-WebSocket-Protocol} (RFC 6455, section 11.3.4). */
public final class Subprotocols {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("sec-websocket-protocol");

    private Subprotocols() {}

    /** The entries of all its lines, in their order; empty when it has none. */
    public static List<String> offered(HttpServerRequest request) {
        List<String> entries = new ArrayList<>(2);
        for (String line : request.headers().getAll(HEADER)) {
            StringTokenizer parts = new StringTokenizer(line, ",");
            while (parts.hasMoreTokens()) {
                entries.add(parts.nextToken().trim());
            }
        }
        return entries;
    }
}
