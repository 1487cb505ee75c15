package io.lasttable.booking.daybook;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Stay;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens, publishes anew and closes the days of a venue in one go: all of them locked in one statement and read in another. A year of
 * days takes a while to decide, and is decided away from the event loop, each day once: what of the venue makes the day tells
 * whether it is another one now. What is told is written in parts, of which none keeps the event loop for long.
 */
@ApplicationScoped
class OpenDays implements Schedules {

    /** How long a date stays in Kafka once it is over; by then a late dinner has ended in every time zone. */
    private static final int DAYS_AFTER = 2;

    /** Days that are written in one statement. */
    private static final int PART = 60;

    private final Outbox outbox;

    /** A day as it is now, and what is told of it. */
    private record Told(Day day, OutboxEvent event) {

        static Told of(Day day, Instant now) {
            return new Told(day, DayEvents.updated(day.document(now), now));
        }
    }

    OpenDays(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> publish(SqlConnection transaction, Optional<Venue> before, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from)
                .chain(stored -> ReservationTable.activeFrom(transaction, venue.id(), from.minusDays(1))
                        .chain(reservations ->
                                OffLoop.compute(() -> changed(before, venue, stored, new Near(reservations), now))))
                .chain(days -> saveAndTell(transaction, venue, days, now))
                .call(() -> DayEchoTable.leaveWhereSomebodyWaits(transaction, venue.id(), from));
    }

    /** Opens the dates of the window that are not open yet; those that are stay as they are. */
    Uni<Integer> open(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return DayTable.lockFrom(transaction, venue.id(), from)
                .map(stored -> missing(venue, stored, now))
                .chain(missing -> missing.isEmpty()
                        ? Uni.createFrom().item(0)
                        : ReservationTable.activeFrom(transaction, venue.id(), from.minusDays(1))
                                .chain(reservations ->
                                        OffLoop.compute(() -> opened(venue, missing, new Near(reservations), now)))
                                .call(days -> saveAndTell(transaction, venue, days, now))
                                .map(List::size));
    }

    /** Whether the day is in Kafka: not yet over, and not beyond the window. What happens to others is no news of what is free. */
    static boolean isPublished(Day day, Instant now) {
        Venue venue = day.plan().venue();
        LocalDate date = day.plan().date();
        return !date.isBefore(venue.today(now).minusDays(DAYS_AFTER)) && !date.isAfter(venue.lastBookableDate(now));
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
            Venue venue, Map<LocalDate, DayTable.State> missing, Near reservations, Instant now) {
        List<Told> days = new ArrayList<>();
        missing.forEach((date, stored) ->
                days.add(Told.of(day(venue, date, stored, reservations).committed(), now)));
        return days;
    }

    private static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
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
        return DayTable.save(
                        transaction,
                        venue.id(),
                        days,
                        day -> isBeyond(venue, day.plan().date(), now))
                .call(() -> outbox.append(transaction, events));
    }

    /** The days whose availability is another one now; throws when a reservation would be stranded. */
    private static List<Told> changed(
            Optional<Venue> before,
            Venue venue,
            Map<LocalDate, DayTable.State> stored,
            Near reservations,
            Instant now) {
        Map<LocalDate, DayTable.State> wanted = new TreeMap<>(stored);
        window(venue, now).forEach(date -> wanted.putIfAbsent(date, DayTable.State.NONE));
        Optional<Venue> alike = before.filter(venue::hasSameHouse);
        List<Day> changed = new ArrayList<>();
        List<Reservation> stranded = new ArrayList<>();
        wanted.forEach((date, row) -> {
            Day day = day(venue, date, row, reservations);
            stranded.addAll(stranded(day, now));
            boolean same = row != DayTable.State.NONE
                    && row.closed() == isBeyond(venue, date, now)
                    && alike.filter(old -> old.servicePeriods(date).equals(venue.servicePeriods(date)))
                            .isPresent();
            if (!same) {
                changed.add(day.committed());
            }
        });
        if (!stranded.isEmpty()) {
            throw Problem.of(Problem.Type.VENUE_HAS_RESERVATIONS, "Move or cancel the listed reservations first.")
                    .with(
                            "reservations",
                            stranded.stream().map(OpenDays::listed).toList());
        }
        return changed.stream().map(day -> Told.of(day, now)).toList();
    }

    /** Active reservations by date: a day is met by those of its neighbours too. */
    static final class Near {

        private final Map<LocalDate, List<Reservation>> byDate;

        Near(List<Reservation> reservations) {
            byDate = reservations.stream().collect(Collectors.groupingBy(Reservation::date));
        }

        List<Reservation> of(LocalDate date) {
            return date.minusDays(1)
                    .datesUntil(date.plusDays(2))
                    .flatMap(each -> byDate.getOrDefault(each, List.of()).stream())
                    .toList();
        }
    }

    static Day day(Venue venue, LocalDate date, DayTable.State stored, Near reservations) {
        List<Reservation> near = reservations.of(date);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near);
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
        return listed;
    }

    private static List<Reservation> stranded(Day day, Instant now) {
        return day.stranded().stream()
                .flatMap(id -> day.reservation(id).stream())
                .filter(r -> r.startsAt().isAfter(now) && r.status() != Status.SEATED)
                .toList();
    }
}
