package io.lasttable.booking.daybook;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.UUID;

/** Things that an erasure takes personal data from: guests, or what is about them. Venue and id of each, side by side. */
public record Erasable(String[] venues, UUID[] ids) {

    /** @param rows of a venue and an id */
    static Erasable of(RowSet<Row> rows) {
        String[] venues = new String[rows.size()];
        UUID[] ids = new UUID[rows.size()];
        int at = 0;
        for (Row row : rows) {
            venues[at] = row.getString(0);
            ids[at++] = row.getUUID(1);
        }
        return new Erasable(venues, ids);
    }

    public int count() {
        return ids.length;
    }
}
