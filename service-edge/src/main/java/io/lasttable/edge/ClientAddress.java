package io.lasttable.edge;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The address that a request counts for: what the outermost of our own proxies saw, since everything further left may be made up
 * by the caller. It is read from the right and no further, because the rest is as long as the caller likes.
 */
public final class ClientAddress {

    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Characters of an entry that are looked at: room for an IPv6 address with brackets, zone and port. */
    private static final int LONGEST = 64;

    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** @param proxies of our own in front, which append to X-Forwarded-For; with 0 or without the header the peer counts */
    public static InetAddress of(HttpServerRequest request, int proxies) {
        List<String> forwardedFor = proxies == 0 ? List.of() : request.headers().getAll(FORWARDED_FOR);
        return of(forwardedFor, request.remoteAddress().hostAddress(), proxies);
    }

    /** The peer too when the entry is no address: then no proxy of ours wrote it. */
    public static InetAddress of(List<String> forwardedFor, String peer, int proxies) {
        InetAddress forwarded = parsed(entry(forwardedFor, proxies));
        return forwarded == null ? parsed(peer) : forwarded;
    }

    /** How it is counted. IPv6 counts by its /64 network: one household has 2^64 addresses. */
    public static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            network.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff))
                    .append(':');
        }
        return network.append(":/64").toString();
    }

    /** An IPv4 address that came as IPv6 ({@code ::ffff:192.0.2.1}) is the same as the plain one; null when it is none. */
    public static InetAddress parsed(String address) {
        String bare = address;
        int colon = address.indexOf(':');
        if (address.startsWith("[") && address.indexOf(']') > 0) {
            bare = address.substring(1, address.indexOf(']'));
        } else if (colon > 0 && colon == address.lastIndexOf(':')) {
            bare = address.substring(0, colon);
        }
        return NetUtil.createInetAddressFromIpAddressString(bare);
    }

    /** The entry so many from the right over all lines of the header, or the first one; empty when there is none. */
    private static String entry(List<String> lines, int fromTheRight) {
        String entry = "";
        int toGo = fromTheRight;
        for (int line = lines.size() - 1; line >= 0; line--) {
            String text = lines.get(line);
            for (int end = text.length(); end >= 0 && toGo > 0; toGo--) {
                int comma = text.lastIndexOf(',', end - 1);
                entry = text.substring(Math.max(comma + 1, end - LONGEST), end).strip();
                end = comma;
            }
        }
        return entry;
    }
}
