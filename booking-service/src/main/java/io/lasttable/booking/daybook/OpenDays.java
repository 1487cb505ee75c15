package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.ScheduleChange;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Schedules;
import io.lasttable.booking.venue.Venue;
import io.smallrye.mutiny.Multi;
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
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    /** Days that are written in one statement. */
    private static final int PART = 60;

    private final Outbox outbox;
    private final Rules rules;

    /** A day as it is now, and what is told of it. */
    private record Told(Day day, OutboxEvent event) {

        static List<Told> of(List<Day> days, Instant now) {
            return days.stream()
                    .map(day -> new Told(day, DayEvents.updated(day.document(now), now)))
                    .toList();
        }
    }

    /** What a change of the schedule writes. */
    private record Outcome(List<Told> days, List<Write> people, List<OutboxEvent> news) {}

    OpenDays(Outbox outbox, BookingConfig config) {
        this.outbox = outbox;
        this.rules = DayBook.rules(config);
    }

    @Override
    public Uni<Void> publish(SqlConnection transaction, Optional<Venue> before, Venue venue, Instant now) {
        LocalDate from = before.map(old -> old.today(now))
                .filter(today -> today.isBefore(venue.today(now)))
                .orElse(venue.today(now))
                .minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from)
                .chain(stored -> occupants(transaction, venue, from)
                        .chain(reservations -> WaitlistTable.load(transaction, venue.id(), stored.keySet(), List.of())
                                .chain(line -> OffLoop.compute(
                                        () -> change(before, venue, stored, new Present(reservations, line), now)))))
                .chain(outcome -> saveAndTell(transaction, venue, outcome, now));
    }

    /** Who keeps tables and who waits, by date: a day is met by the stays of its neighbours too. */
    static final class Present {

        private final Map<LocalDate, List<Reservation>> reservations;
        private final Map<LocalDate, List<WaitlistEntry>> line;

        Present(List<Reservation> reservations, List<WaitlistEntry> line) {
            this.reservations = reservations.stream().collect(Collectors.groupingBy(Reservation::date));
            this.line = line.stream()
                    .collect(Collectors.groupingBy(entry -> entry.wish().date()));
        }

        private List<Reservation> near(LocalDate date) {
            return date.minusDays(DayPlan.FARTHEST)
                    .datesUntil(date.plusDays(DayPlan.FARTHEST + 1))
                    .flatMap(each -> reservations.getOrDefault(each, List.of()).stream())
                    .toList();
        }

        private List<WaitlistEntry> waiting(LocalDate date) {
            return line.getOrDefault(date, List.of());
        }
    }

    private static Uni<List<Reservation>> occupants(SqlConnection transaction, Venue venue, LocalDate from) {
        return ReservationTable.activeFrom(transaction, venue.id(), from.minusDays(DayPlan.FARTHEST));
    }

    /** Opens the dates of the window that are not open yet; those that are stay as they are. */
    Uni<Integer> open(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from)
                .map(stored -> missing(venue, stored, now))
                .chain(missing -> missing.isEmpty()
                        ? Uni.createFrom().item(0)
                        : occupants(transaction, venue, from)
                                .chain(reservations -> OffLoop.compute(
                                        () -> opened(venue, missing, new Present(reservations, List.of()), now)))
                                .call(days -> saveAndTell(transaction, venue, days, now))
                                .map(List::size));
    }

    /**
     * Whether the day is in Kafka: not yet over. One beyond a window that was shortened is there without slots, and each of its
     * versions with it.
     */
    static boolean isPublished(Day day, Instant now) {
        return !day.plan().date().isBefore(firstKept(day.plan().venue().today(now)));
    }

    /** Takes the dates that are over out of Kafka, each with a record without value; their rows stay. */
    Uni<Integer> close(SqlConnection transaction, Venue venue, Instant now) {
        return DayTable.close(transaction, venue.id(), firstKept(venue.today(now)))
                .map(closed -> closed.stream()
                        .map(date -> DayEvents.closed(new DayKey(venue.id(), date), now))
                        .toList())
                .call(events -> events.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(transaction, events))
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

    private static List<Told> opened(
            Venue venue, Map<LocalDate, DayTable.State> missing, Present present, Instant now) {
        List<Day> days = new ArrayList<>();
        missing.forEach(
                (date, stored) -> days.add(day(venue, date, stored, present).committed()));
        return Told.of(days, now);
    }

    private static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, Outcome outcome, Instant now) {
        return saveAndTell(transaction, venue, outcome.days(), now)
                .chain(() -> send(transaction, outcome.people()))
                .chain(() -> outcome.news().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.append(transaction, outcome.news()));
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, List<Told> told, Instant now) {
        return Multi.createFrom()
                .iterable(told)
                .group()
                .intoLists()
                .of(PART)
                .onItem()
                .transformToUniAndConcatenate(part -> savePart(transaction, venue, part, now))
                .collect()
                .last();
    }

    private Uni<Void> savePart(SqlConnection transaction, Venue venue, List<Told> part, Instant now) {
        List<Day> days = part.stream().map(Told::day).toList();
        List<OutboxEvent> events = part.stream().map(Told::event).toList();
        return DayTable.save(transaction, venue.id(), days, isBeyond(now))
                .call(() -> outbox.append(transaction, events));
    }

    private static Uni<Void> send(SqlConnection transaction, List<Write> writes) {
        return Multi.createFrom()
                .iterable(writes)
                .onItem()
                .transformToUniAndConcatenate(write -> write.send(transaction))
                .collect()
                .asList()
                .replaceWithVoid();
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
        DayStep step = ScheduleChange.step(changes, rules, now);
        return new Outcome(
                Told.of(step.changedDays(), now),
                StepWrites.ofPeople(venue.id(), step, now),
                DayEvents.ofPeople(step, now));
    }

    private static void refuseToStrand(Collection<ScheduleChange> changes, Instant now) {
        List<Map<String, Object>> stranded = changes.stream()
                .flatMap(change -> change.stranded(now).stream())
                .map(OpenDays::listed)
                .toList();
        if (!stranded.isEmpty()) {
            throw Problem.of(Problem.Type.VENUE_HAS_RESERVATIONS, "Move or cancel the listed reservations first.")
                    .with("reservations", stranded);
        }
    }

    static Day day(Venue venue, LocalDate date, DayTable.State stored, Present present) {
        List<Reservation> near = present.near(date);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near, present.waiting(date));
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
