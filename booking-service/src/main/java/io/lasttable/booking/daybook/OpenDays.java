package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Opens, publishes anew and closes the days of a venue in one go: one lock, one read and two writes for all of them. */
@ApplicationScoped
class OpenDays implements Schedules {

    /** How long a date stays in Kafka once it is over; by then a late dinner has ended in every time zone. */
    private static final int DAYS_AFTER = 2;

    private final Outbox outbox;
    private final Rules rules;

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
                                .map(line -> change(before, venue, stored, new Present(reservations, line), now))))
                .chain(step -> saveAndTell(transaction, venue, step, now));
    }

    /** Who keeps tables and who waits. */
    private record Present(List<Reservation> reservations, List<WaitlistEntry> line) {}

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
                                .map(reservations -> opened(venue, missing, reservations))
                                .call(days -> DayTable.save(transaction, venue.id(), days, isBeyond(now))
                                        .call(() -> outbox.append(transaction, events(days, now))))
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

    private static List<Day> opened(
            Venue venue, Map<LocalDate, DayTable.State> missing, List<Reservation> reservations) {
        List<Day> days = new ArrayList<>();
        missing.forEach((date, stored) ->
                days.add(day(venue, date, stored, reservations).committed()));
        return days;
    }

    private static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, DayStep step, Instant now) {
        List<Day> days = step.changedDays();
        List<OutboxEvent> events = new ArrayList<>(events(days, now));
        events.addAll(DayEvents.ofPeople(step, now));
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : DayTable.save(transaction, venue.id(), days, isBeyond(now))
                        .chain(() -> send(transaction, StepWrites.ofPeople(venue.id(), step)))
                        .chain(() -> outbox.append(transaction, events));
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
    private DayStep change(
            Optional<Venue> before, Venue venue, Map<LocalDate, DayTable.State> stored, Present present, Instant now) {
        Map<LocalDate, DayTable.State> wanted = new TreeMap<>(stored);
        window(venue, now).forEach(date -> wanted.putIfAbsent(date, DayTable.State.NONE));
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        wanted.forEach((date, row) -> {
            boolean open = row != DayTable.State.NONE && row.closed() == isBeyond(venue, date, now);
            Optional<Day> old = before.map(was -> day(was, date, row, present.reservations()));
            Day after = day(venue, date, row, present.reservations(), present.line());
            changes.put(date, new ScheduleChange(old, after, !open));
        });
        refuseToStrand(changes.values(), now);
        return ScheduleChange.step(changes, rules, now);
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

    static Day day(Venue venue, LocalDate date, DayTable.State stored, List<Reservation> reservations) {
        return day(venue, date, stored, reservations, List.of());
    }

    private static Day day(
            Venue venue,
            LocalDate date,
            DayTable.State stored,
            List<Reservation> reservations,
            List<WaitlistEntry> line) {
        List<Reservation> near = near(date, reservations);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        List<WaitlistEntry> waiting =
                line.stream().filter(entry -> entry.wish().date().equals(date)).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near, waiting);
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

    private static List<Reservation> near(LocalDate date, List<Reservation> reservations) {
        return reservations.stream()
                .filter(r -> Math.abs(ChronoUnit.DAYS.between(date, r.date())) <= DayPlan.FARTHEST)
                .toList();
    }

    private static List<OutboxEvent> events(List<Day> days, Instant now) {
        return days.stream()
                .map(day -> DayEvents.updated(day.document(now), now))
                .toList();
    }
}
