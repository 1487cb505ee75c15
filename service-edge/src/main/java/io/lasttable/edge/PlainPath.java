package io.lasttable.edge;

/**
 * Whether a path means the same to everybody who reads it. Whoever stands in front (a load balancer with rules by path, a
 * firewall) reads it as sent, the router in here reads it normalised and decoded, so what would change on that way is refused:
 * dot segments, empty segments, path parameters, and each of them in disguise (RFC 3986, sections 3.3 and 6.2.2).
 */
public final class PlainPath {

    /** What a caller who is refused should do. */
    public static final String EXPECTED =
            "must have no dot segments, no empty segments, no parameters and no encoded delimiters";

    private static final String DISGUISED = "./\\%";

    private PlainPath() {}

    public static boolean is(String path) {
        boolean segmentBegins = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '\\' || segmentBegins && (c == '/' || isDots(path, i))) {
                return false;
            }
            if (c == '%' && DISGUISED.indexOf(decoded(path, i)) >= 0) {
                return false;
            }
            segmentBegins = c == '/';
        }
        return true;
    }

    /** Whether the segment from here on is {@code .} or {@code ..}. */
    private static boolean isDots(String path, int from) {
        int end = path.indexOf('/', from);
        String segment = path.substring(from, end < 0 ? path.length() : end);
        return segment.equals(".") || segment.equals("..");
    }

    /** The character that {@code %XY} stands for; {@code %} itself when it stands for none, which only confuses. */
    private static int decoded(String path, int at) {
        int high = at + 2 < path.length() ? Character.digit(path.charAt(at + 1), 16) : -1;
        int low = at + 2 < path.length() ? Character.digit(path.charAt(at + 2), 16) : -1;
        return high < 0 || low < 0 ? '%' : high * 16 + low;
    }
}
