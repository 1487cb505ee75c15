package io.lasttable.booking.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where webhooks may lead to.
 *
 * @param allowHttp whether a URL may do without TLS
 * @param reachable the addresses that its host may have
 */
record Receivers(boolean allowHttp, Reachable reachable) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    /** What is wrong with a URL, as far as it can be seen without asking for its host's addresses. */
    Optional<String> complaint(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            return Optional.of("must begin with https://");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("must have a host, and neither user nor fragment");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("must have a port from 1 to 65535");
        }
        return isForbiddenAddress(url.getHost())
                ? Optional.of("must lead to an address of the public internet")
                : Optional.empty();
    }

    /** The first of a host's addresses. Throws when it has any that must not be reached: they stand for the same thing. */
    InetAddress choose(String host, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!reachable.isReachable(address)) {
                throw new Unreachable(host + " leads to " + address.getHostAddress()
                        + ", which is not an address of the public internet");
            }
        }
        return addresses.stream().findFirst().orElseThrow(() -> new Unreachable(host + " has no address"));
    }

    /** A host that is not called. */
    static final class Unreachable extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message, null, false, false);
        }
    }

    static boolean isTls(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : isTls(url) ? HTTPS : HTTP;
    }

    /** Path and query, as they stand in the request. */
    static String target(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private boolean isForbiddenAddress(String host) {
        if (!ADDRESS.matcher(host).matches()) {
            return false;
        }
        try {
            return !reachable.isReachable(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
