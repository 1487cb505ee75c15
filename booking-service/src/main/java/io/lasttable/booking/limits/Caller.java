package io.lasttable.booking.limits;

import java.util.List;

/** The address that a request comes from. IPv6 counts by its /64 network: one household has 2^64 addresses. */
final class Caller {

    private Caller() {}

    /**
     * @param forwardedFor the header X-Forwarded-For; believed only as far as our own proxies wrote it
     * @param proxies how many of them there are; 0 when the peer itself is the caller
     */
    static String address(String forwardedFor, String peer, int proxies) {
        if (proxies == 0 || forwardedFor == null || forwardedFor.isBlank()) {
            return peer;
        }
        List<String> hops = List.of(forwardedFor.trim().split("\\s*,\\s*"));
        return hops.get(Math.max(0, hops.size() - proxies));
    }

    static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 || address.indexOf("::") >= 0 && address.indexOf("::") < 5
                ? address
                : String.join(":", List.of(groups).subList(0, 4)) + "::/64";
    }
}
