package io.lasttable.local.balancer;

/**
 * Whether a path means the same to everybody who reads it: the rules in here read it as sent, the services behind normalised
 * and decoded. They refuse the others themselves; an ALB does not.
 */
final class PlainPath {

    private static final String DISGUISED = "./\\%";

    private PlainPath() {}

    static boolean is(String path) {
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
