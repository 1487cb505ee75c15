package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.day.WaitlistChange;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Tells once more what is true of a venue: its document, each day that is kept in Kafka, each reservation and waitlist entry that is
 * open, at the versions that they have. It goes through the outbox under the locks of the venue and of all these days, so
 * in Kafka it stands behind what was decided before and ahead of what is decided next.
 */
@ApplicationScoped
public class Republication {

    private final Pool database;
    private final Venues venues;
    private final Outbox outbox;

    Republication(Pool database, Venues venues, Outbox outbox) {
        this.database = database;
        this.venues = venues;
        this.outbox = outbox;
    }

    /** The number of events; fails with {@code unknown-venue}. */
    public Uni<Integer> of(VenueId id, Instant now) {
        return Transactions.within(
                        database,
                        transaction -> venues.publishAgain(transaction, id, now)
                                .chain(venue -> publishOpen(transaction, venue, now)))
                .invoke(() -> outbox.committedFor(id));
    }

    private Uni<Integer> publishOpen(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = OpenDays.firstKept(venue.today(now));
        return DayTable.lockFrom(transaction, venue.id(), from)
                .chain(days -> events(transaction, venue, from, days, now))
                .call(events -> outbox.append(transaction, events))
                .call(() -> outbox.supersedeRefused(transaction, venue.id()))
                .map(events -> 1 + events.size());
    }

    private static Uni<List<OutboxEvent>> events(
            SqlConnection transaction,
            Venue venue,
            LocalDate from,
            SortedMap<LocalDate, DayTable.State> days,
            Instant now) {
        List<OutboxEvent> events = new ArrayList<>();
        return Present.on(transaction, venue.id(), from, DayTable.LAST)
                .invoke(present -> {
                    days.forEach((date, row) -> events.add(DayEvents.updated(
                            OpenDays.day(venue, date, row, present).document(now), now)));
                    present.all().forEach(each -> events.add(DayEvents.asItIs(each, now)));
                })
                .chain(() -> WaitlistTable.load(transaction, venue.id(), days.keySet()))
                .invoke(entries -> entries.forEach(
                        entry -> events.add(DayEvents.changed(WaitlistChange.asItIs(entry, OptionalInt.empty()), now))))
                .replaceWith(() -> events.stream().map(OutboxEvent::asToldAgain).toList());
    }
}
