package io.lasttable.notify.access;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The address that a connection counts for. IPv6 counts by its /64 network: one household has 2^64 addresses. */
public final class Caller {

    private Caller() {}

    /** @param proxies of our own in front; X-Forwarded-For is believed only that far */
    public static String of(HttpServerRequest request, int proxies) {
        return of(request.getHeader("X-Forwarded-For"), request.remoteAddress().hostAddress(), proxies);
    }

    static String of(String forwardedFor, String peer, int proxies) {
        if (proxies == 0 || forwardedFor == null || forwardedFor.isBlank()) {
            return network(peer);
        }
        List<String> hops = List.of(forwardedFor.trim().split("\\s*,\\s*"));
        return network(hops.get(Math.max(0, hops.size() - proxies)));
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] halves = address.split("::", 2);
        List<String> groups = List.of(halves[0].split(":"));
        return String.join(":", groups.subList(0, Math.min(4, groups.size()))) + "::/64";
    }
}
