package io.lasttable.notify.day;

/** One client's interest in one day; {@code has} is the version that the client holds or that is on its way to it. */
final class Watcher {

    final Client client;
    final String ref;
    final WatchedDay day;
    private long has;
    private boolean unconfirmed;

    Watcher(Client client, String ref, WatchedDay day, long has, boolean confirm) {
        this.client = client;
        this.ref = ref;
        this.day = day;
        this.has = has;
        this.unconfirmed = confirm;
    }

    boolean isBehind() {
        return day.isKnown() && (day.version() > has || unconfirmed && day.version() == has);
    }

    /** The frame that brings the client to the newest version in one step, or confirms that it is there. */
    String nextFrame() {
        unconfirmed = false;
        if (day.version() == has) {
            return "{\"op\":\"current\",\"ref\":" + Json.quoted(ref) + ",\"version\":" + has + "}";
        }
        String body = day.bodyFor(has);
        has = day.version();
        String op = day.isChange(body) ? "change" : "day";
        return "{\"op\":\"" + op + "\",\"ref\":" + Json.quoted(ref) + "," + body;
    }
}
