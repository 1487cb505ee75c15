package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Writes many days of a venue and tells them, in parts of which none keeps the event loop for long. */
final class DayNews {

    /** Days, or events, that are written in one statement. */
    private static final int PART = 60;

    private final Outbox outbox;

    DayNews(Outbox outbox) {
        this.outbox = outbox;
    }

    /** A day as it is now, and what is told of it. */
    record Told(Day day, OutboxEvent event) {

        static List<Told> of(List<Day> days, Instant now) {
            return days.stream()
                    .map(day -> new Told(day, DayEvents.updated(day.document(now), now)))
                    .toList();
        }
    }

    Uni<Void> saveAndTell(
            SqlConnection transaction, VenueId venue, List<Told> told, Predicate<Day> closed, Instant now) {
        return Multi.createFrom()
                .iterable(told)
                .group()
                .intoLists()
                .of(PART)
                .onItem()
                .transformToUniAndConcatenate(part -> savePart(transaction, venue, part, closed, now))
                .collect()
                .last();
    }

    private Uni<Void> savePart(
            SqlConnection transaction, VenueId venue, List<Told> part, Predicate<Day> closed, Instant now) {
        List<Day> days = part.stream().map(Told::day).toList();
        List<OutboxEvent> events = part.stream().map(Told::event).toList();
        return DayTable.save(transaction, venue, days, closed, now).call(() -> outbox.append(transaction, events));
    }

    Uni<Void> append(SqlConnection transaction, List<OutboxEvent> events) {
        return Multi.createFrom()
                .iterable(events)
                .group()
                .intoLists()
                .of(PART)
                .onItem()
                .transformToUniAndConcatenate(part -> outbox.append(transaction, part))
                .collect()
                .last();
    }

    static Uni<Void> send(SqlConnection transaction, List<Write> writes) {
        return Multi.createFrom()
                .iterable(writes)
                .onItem()
                .transformToUniAndConcatenate(write -> write.send(transaction))
                .collect()
                .last();
    }
}
