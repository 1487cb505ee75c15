package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.ScheduleChange;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Schedules;
import io.lasttable.booking.venue.Venue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Opens, publishes anew and closes the days of a venue in one go: all of them locked in one statement and read in another. A year of
 * days takes a while to decide, and is decided away from the event loop. What is told is written in parts, of which none keeps the
 * event loop for long.
 */
@ApplicationScoped
class OpenDays implements Schedules {

    /** How long a date stays in Kafka once it is over; by then a late dinner has ended in every time zone. */
    private static final int DAYS_AFTER = 2;

    private final DayNews news;
    private final Rules rules;

    @Override
    public Uni<Void> end(SqlConnection transaction, Venue venue, Instant now) {
        return new VenueEnd(news, rules).end(transaction, venue, now);
    }

    /** What a change of the schedule writes. */
    private record Outcome(List<DayNews.Told> days, List<Write> people, List<OutboxEvent> news) {}

    OpenDays(Outbox outbox, BookingConfig config) {
        this.news = new DayNews(outbox);
        this.rules = DayBook.rules(config);
    }

    @Override
    public Uni<Void> publish(SqlConnection transaction, Optional<Venue> before, Venue venue, Instant now) {
        LocalDate from = before.map(old -> old.today(now))
                .filter(today -> today.isBefore(venue.today(now)))
                .orElse(venue.today(now))
                .minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from)
                .chain(stored -> Present.withLine(transaction, venue.id(), stored, from, DayTable.LAST)
                        .chain(present -> OffLoop.compute(() -> change(before, venue, stored, present, now))))
                .chain(outcome -> saveAndTell(transaction, venue, outcome, now));
    }

    /**
     * Blocks hold otherwise than before on the dates of either version of one: each of those that are there has a new version.
     * Their neighbours are locked as well, since what is offered may reach into them.
     *
     * @param before absent when it is new
     * @param after absent when it is gone
     */
    Uni<Void> reblock(
            SqlConnection transaction, Venue venue, Optional<Block> before, Optional<Block> after, Instant now) {
        List<Block> both = Stream.concat(before.stream(), after.stream()).toList();
        LocalDate yesterday = venue.today(now).minusDays(1);
        LocalDate first = both.stream()
                .map(block -> block.firstDate().minusDays(DayPlan.FARTHEST))
                .reduce(DayTable.LAST, OpenDays::earlier);
        LocalDate from = first.isBefore(yesterday) ? yesterday : first;
        LocalDate to = both.stream()
                .map(block -> block.lastDate().plusDays(DayPlan.FARTHEST))
                .reduce(from, (one, other) -> one.isAfter(other) ? one : other);
        Predicate<LocalDate> differs =
                date -> !before.flatMap(block -> block.on(date)).equals(after.flatMap(block -> block.on(date)));
        return DayTable.lockBetween(transaction, venue.id(), from, to)
                .chain(stored -> Present.withLine(transaction, venue.id(), stored, from, to)
                        .chain(present -> OffLoop.compute(() -> reblocked(venue, stored, present, differs, now))))
                .chain(outcome -> saveAndTell(transaction, venue, outcome, now));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private Outcome reblocked(
            Venue venue,
            Map<LocalDate, DayTable.State> stored,
            Present present,
            Predicate<LocalDate> differs,
            Instant now) {
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        stored.forEach((date, row) -> {
            Day day = day(venue, date, row, present);
            changes.put(date, new ScheduleChange(Optional.of(day), day, differs.test(date)));
        });
        return outcome(venue, changes, now);
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
        return Present.withLine(transaction, venue.id(), open, open.firstKey(), DayTable.LAST)
                .chain(all -> OffLoop.compute(() -> reblocked(venue, open, all, differs, now)))
                .chain(outcome -> saveAndTell(transaction, venue, outcome, now));
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

    private static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, Outcome outcome, Instant now) {
        return news.saveAndTell(transaction, venue.id(), outcome.days(), isBeyond(now), now)
                .chain(() -> DayNews.send(transaction, outcome.people()))
                .chain(() -> news.append(transaction, outcome.news()));
    }

    /** What the new version makes of the venue's days; throws when somebody would be stranded. */
    private Outcome change(
            Optional<Venue> before, Venue venue, Map<LocalDate, DayTable.State> stored, Present present, Instant now) {
        Map<LocalDate, DayTable.State> wanted = new TreeMap<>(stored);
        window(venue, now).forEach(date -> wanted.putIfAbsent(date, DayTable.State.NONE));
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        wanted.forEach((date, row) -> {
            boolean open = row != DayTable.State.NONE && row.closed() == isBeyond(venue, date, now);
            Optional<Day> old = before.map(was -> day(was, date, row, present));
            Day after = day(venue, date, row, present);
            changes.put(date, new ScheduleChange(old, after, !open));
        });
        refuseToStrand(changes.values(), now);
        return outcome(venue, changes, now);
    }

    private Outcome outcome(Venue venue, Map<LocalDate, ScheduleChange> changes, Instant now) {
        DayStep step = ScheduleChange.step(changes, rules, now);
        return new Outcome(
                DayNews.Told.of(step.changedDays(), now),
                StepWrites.ofPeople(venue.id(), step, now),
                DayEvents.ofPeople(step, now));
    }

    private static void refuseToStrand(Collection<ScheduleChange> changes, Instant now) {
        List<Reservation> stranded = changes.stream()
                .flatMap(change -> change.stranded(now).stream())
                .toList();
        refuse(stranded, "Move or cancel the listed reservations first.");
    }

    static void refuse(List<Reservation> reservations, String whatToDo) {
        if (!reservations.isEmpty()) {
            throw Problem.of(Problem.Type.VENUE_HAS_RESERVATIONS, whatToDo)
                    .with(
                            "reservations",
                            reservations.stream().map(OpenDays::listed).toList());
        }
    }

    static Day day(Venue venue, LocalDate date, DayTable.State stored, Present present) {
        List<Reservation> near = present.near(date);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near, present.waiting(date))
                .closedBy(present.blocks());
    }

    private static Predicate<Day> isBeyond(Instant now) {
        return day -> isBeyond(day.plan().venue(), day.plan().date(), now);
    }

    private static boolean isBeyond(Venue venue, LocalDate date, Instant now) {
        return date.isAfter(venue.lastBookableDate(now));
    }

    private static Map<String, Object> listed(Reservation reservation) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("id", reservation.id().toString());
        listed.put("date", reservation.date().toString());
        listed.put("time", reservation.time().toString());
        listed.put("partySize", reservation.partySize());
        listed.put("tables", reservation.tables());
        listed.put("status", reservation.status().label());
        return listed;
    }
}
