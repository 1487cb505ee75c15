package io.lasttable.booking.changes;

/**
 * Changes that follow a cursor.
 *
 * @param next the cursor behind the last of them; the one asked for when there are none
 * @param items their JSON, encoded once for everybody who waits at the same cursor
 */
record FeedPage(long next, String items, boolean isEmpty) {

    static FeedPage empty(long cursor) {
        return new FeedPage(cursor, "", true);
    }

    String json() {
        return "{\"items\":[" + items + "],\"cursor\":\"" + next + "\"}";
    }
}
