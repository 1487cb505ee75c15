package io.lasttable.booking.daybook;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.day.Closing;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ends the days of a venue that closes for good. Each has a last version without slots, for readers and watchers who are there,
 * and then leaves Kafka; its row stays closed, so that a venue that is made under the same id goes on from these versions. Dates that are
 * over, and that no roll has closed yet, leave Kafka as they are: no roll comes here again.
 */
final class VenueEnd {

    private final DayNews news;
    private final Rules rules;

    VenueEnd(DayNews news, Rules rules) {
        this.news = news;
        this.rules = rules;
    }

    Uni<Void> end(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = OpenDays.firstKept(venue.today(now));
        return DayTable.close(transaction, venue.id(), from)
                .chain(over -> news.append(transaction, closed(venue.id(), over, now)))
                .chain(() -> DayTable.lockFrom(transaction, venue.id(), from))
                .chain(stored -> Present.withLine(transaction, venue.id(), stored, from, DayTable.LAST)
                        .chain(present -> OffLoop.compute(() -> ended(venue, stored, present, now))))
                .chain(step -> tell(transaction, venue.id(), step, now))
                .chain(() -> BlockTable.deleteAll(transaction, venue.id()))
                .chain(() -> DayEchoTable.deleteAll(transaction, venue.id()))
                .chain(() -> ErasedGuests.eraseAll(
                        transaction, venue.id(), gone -> news.append(transaction, gone.events(now))));
    }

    private DayStep ended(Venue venue, Map<LocalDate, DayTable.State> stored, Present present, Instant now) {
        Reschedule.refuse(
                Closing.toCome(present.all(), now),
                "Cancel the listed reservations first, or wait until they are over.");
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        stored.forEach((date, row) -> days.put(date, OpenDays.day(venue, date, row, present)));
        return Closing.step(days, rules, now);
    }

    private static List<OutboxEvent> closed(VenueId venue, List<LocalDate> dates, Instant now) {
        return dates.stream()
                .map(date -> DayEvents.closed(new DayKey(venue, date), now))
                .toList();
    }

    private Uni<Void> tell(SqlConnection transaction, VenueId venue, DayStep step, Instant now) {
        List<DayNews.Told> last = step.changedDays().stream()
                .map(day -> new DayNews.Told(
                        day, DayEvents.updated(day.document(now).ended(), now)))
                .toList();
        List<OutboxEvent> gone = closed(
                venue, step.changedDays().stream().map(day -> day.plan().date()).toList(), now);
        return news.saveAndTell(transaction, venue, last, day -> true, now)
                .chain(() -> DayNews.send(transaction, StepWrites.ofPeople(venue, step, now)))
                .chain(() -> news.append(transaction, DayEvents.ofPeople(step, now)))
                .chain(() -> news.append(transaction, gone));
    }
}
