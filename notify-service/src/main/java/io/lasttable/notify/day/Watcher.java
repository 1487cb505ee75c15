package io.lasttable.notify.day;

/** One client's interest in one day; {@code has} is the version that the client holds or that is on its way to it. */
final class Watcher {

    final Client client;
    final String ref;
    final WatchedDay day;
    private long has;

    Watcher(Client client, String ref, WatchedDay day, long has) {
        this.client = client;
        this.ref = ref;
        this.day = day;
        this.has = has;
    }

    boolean isBehind() {
        return day.isKnown() && day.version() > has;
    }

    /** The frame that brings the client to the newest version in one step. */
    String nextFrame() {
        String body = day.bodyFor(has);
        has = day.version();
        String op = day.isChange(body) ? "change" : "day";
        return "{\"op\":\"" + op + "\",\"ref\":" + Json.quoted(ref) + "," + body;
    }
}
