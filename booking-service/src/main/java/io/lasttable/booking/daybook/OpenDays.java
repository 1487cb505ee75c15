package io.lasttable.booking.daybook;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.Venue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which dates of a venue are days: opens those that come into its window and closes those that are over, all of them locked in one
 * statement and read in another. A year of days takes a while to make, and is made away from the event loop.
 */
@ApplicationScoped
class OpenDays {

    /** How long a date stays in Kafka once it is over; by then a late dinner has ended in every time zone. */
    private static final int DAYS_AFTER = 2;

    private final DayNews news;
    private final Reschedule reschedule;

    OpenDays(Outbox outbox, Reschedule reschedule) {
        this.news = new DayNews(outbox);
        this.reschedule = reschedule;
    }

    /** Opens the dates of the window that are not open yet; those that are stay as they are. */
    Uni<Integer> open(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from).chain(stored -> {
            Map<LocalDate, DayTable.State> missing = missing(venue, stored, now);
            return missing.isEmpty()
                    ? Uni.createFrom().item(0)
                    : Present.on(transaction, venue.id(), from, DayTable.LAST)
                            .call(present -> mend(transaction, venue, stored, present, now))
                            .chain(present -> OffLoop.compute(() -> opened(venue, missing, present, now)))
                            .call(days -> news.saveAndTell(transaction, venue.id(), days, isBeyond(now), now))
                            .map(List::size);
        });
    }

    /**
     * Whoever has opened a date without what is blocked on it, or without its cut-off, such as a replica of a release that knows neither:
     * made good.
     */
    private Uni<Void> mend(
            SqlConnection transaction,
            Venue venue,
            SortedMap<LocalDate, DayTable.State> stored,
            Present present,
            Instant now) {
        SortedMap<LocalDate, DayTable.State> open = new TreeMap<>(stored);
        open.values().removeIf(DayTable.State::closed);
        Predicate<LocalDate> differs = date -> {
            DayTable.State row = open.get(date);
            return !Set.copyOf(row.blocks()).equals(present.blocks(date))
                    || !row.closing() && venue.cutsOff() && closesNext(venue, date, now);
        };
        if (open.keySet().stream().noneMatch(differs)) {
            return Uni.createFrom().voidItem();
        }
        return reschedule.anew(transaction, venue, open, open.firstKey(), DayTable.LAST, differs, now);
    }

    private static boolean closesNext(Venue venue, LocalDate date, Instant now) {
        return new DayPlan(venue, date).grid().closesNext(now).isPresent();
    }

    /** Rows for dates beyond the window; they stay closed, and dates that have a row stay as they are. */
    Uni<Void> add(SqlConnection transaction, Venue venue, Collection<LocalDate> dates, Instant now) {
        List<LocalDate> beyond =
                dates.stream().filter(date -> isBeyond(venue, date, now)).toList();
        return BlockTable.between(transaction, venue.id(), venue.today(now), DayTable.LAST)
                .chain(blocks -> DayTable.add(transaction, venue.id(), beyond, blocks));
    }

    /**
     * Whether the day is in Kafka: not yet over. One beyond a window that was shortened is there without slots, and each of its
     * versions with it.
     */
    static boolean isPublished(Day day, Instant now) {
        return !day.plan().date().isBefore(firstKept(day.plan().venue().today(now)));
    }

    /** Takes the dates that are over out of Kafka, each with a record without value, and forgets who kept which table; their rows stay. */
    Uni<Integer> close(SqlConnection transaction, Venue venue, Instant now) {
        return DayTable.close(transaction, venue.id(), firstKept(venue.today(now)))
                .call(closed -> OccupancyTable.forget(transaction, venue.id(), closed, now))
                .map(closed -> closed.stream()
                        .map(date -> DayEvents.closed(new DayKey(venue.id(), date), now))
                        .toList())
                .call(events -> news.append(transaction, events))
                .map(List::size);
    }

    /** The first date that is not closed yet. */
    static LocalDate firstKept(LocalDate today) {
        return today.minusDays(DAYS_AFTER);
    }

    private static Map<LocalDate, DayTable.State> missing(
            Venue venue, Map<LocalDate, DayTable.State> stored, Instant now) {
        Map<LocalDate, DayTable.State> missing = new TreeMap<>();
        window(venue, now)
                .filter(date -> stored.getOrDefault(date, DayTable.State.NONE).closed())
                .forEach(date -> missing.put(date, stored.getOrDefault(date, DayTable.State.NONE)));
        return missing;
    }

    private static List<DayNews.Told> opened(
            Venue venue, Map<LocalDate, DayTable.State> missing, Present present, Instant now) {
        List<Day> days = new ArrayList<>();
        missing.forEach(
                (date, stored) -> days.add(day(venue, date, stored, present).committed()));
        return DayNews.Told.of(days, now);
    }

    static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
    }

    static Day day(Venue venue, LocalDate date, DayTable.State stored, Present present) {
        List<Reservation> near = present.near(date);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near, present.waiting(date))
                .closedBy(present.blocks());
    }

    static Predicate<Day> isBeyond(Instant now) {
        return day -> isBeyond(day.plan().venue(), day.plan().date(), now);
    }

    static boolean isBeyond(Venue venue, LocalDate date, Instant now) {
        return date.isAfter(venue.lastBookableDate(now));
    }
}
