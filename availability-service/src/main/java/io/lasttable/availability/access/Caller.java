package io.lasttable.availability.access;

import io.lasttable.availability.settings.AvailabilitySettings;
import java.util.List;
import java.util.Optional;

/** The address that a request counts for. IPv6 counts by its /64 network: one household has 2^64 addresses. */
final class Caller {

    private Caller() {}

    /** Empty when the request is not to be limited. */
    static Optional<String> of(String forwardedFor, String peer, AvailabilitySettings.Limits limits) {
        Optional<String> address =
                limits.proxies() == 0 ? Optional.ofNullable(peer) : forwarded(forwardedFor, limits.proxies());
        return address.filter(known -> !limits.exempt().contains(known)).map(Caller::network);
    }

    /** What the outermost of our own proxies saw; everything further left may be made up by the caller. */
    private static Optional<String> forwarded(String header, int proxies) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        List<String> hops = List.of(header.trim().split("\\s*,\\s*"));
        return Optional.of(hops.get(Math.max(0, hops.size() - proxies)));
    }

    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 || address.indexOf("::") >= 0 && address.indexOf("::") < 5
                ? address
                : String.join(":", List.of(groups).subList(0, 4)) + "::/64";
    }
}
