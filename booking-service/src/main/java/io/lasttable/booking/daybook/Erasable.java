package io.lasttable.booking.daybook;

import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.venue.VenueId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Things that an erasure takes personal data from: guests, or what is about them. Venue and id of each, side by side. */
public record Erasable(String[] venues, UUID[] ids) {

    /** @param rows of a venue and an id */
    static Erasable of(RowSet<Row> rows) {
        List<Row> all = new ArrayList<>(rows.size());
        rows.forEach(all::add);
        return of(all);
    }

    static Erasable of(VenueId venue, UUID[] ids) {
        String[] venues = new String[ids.length];
        Arrays.fill(venues, venue.value());
        return new Erasable(venues, ids);
    }

    static Erasable of(List<Row> rows) {
        return new Erasable(
                rows.stream().map(row -> row.getString(0)).toArray(String[]::new),
                rows.stream().map(row -> row.getUUID(1)).toArray(UUID[]::new));
    }

    /** The news that these guests are gone. */
    public List<OutboxEvent> events(Instant now) {
        List<OutboxEvent> events = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            events.add(DayEvents.erased(new VenueId(venues[i]), ids[i], now));
        }
        return events;
    }

    public int count() {
        return ids.length;
    }
}
