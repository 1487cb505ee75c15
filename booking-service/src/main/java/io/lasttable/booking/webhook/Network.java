package io.lasttable.booking.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code fc00::/7}. Keeps bytes, since a native executable's
 * build refuses to keep an {@link InetAddress}.
 */
final class Network {

    /** What only addresses are made of: a name is never looked up here. */
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    static Network of(String cidr) {
        if (!FORM.matcher(cidr).matches()) {
            throw new IllegalArgumentException(cidr + " is not a network such as 10.0.0.0/8");
        }
        int slash = cidr.indexOf('/');
        try {
            byte[] address = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
            int prefix = Integer.parseInt(cidr.substring(slash + 1));
            if (prefix > address.length * 8) {
                throw new IllegalArgumentException(cidr + " has a prefix that is too long");
            }
            return new Network(address, prefix);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr + " is not a network such as 10.0.0.0/8", e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] theirs = other.getAddress();
        if (address.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
