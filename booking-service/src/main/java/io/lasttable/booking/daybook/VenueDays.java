package io.lasttable.booking.daybook;

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
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Opens, publishes anew and closes the days of a venue in one go: one lock, one read and two writes for all of them. */
@ApplicationScoped
class VenueDays implements Schedules {

    /** How long a date stays in Kafka once it is over; by then a late dinner has ended in every time zone. */
    private static final int DAYS_AFTER = 2;

    private static final String LOCK =
            "select date, version, closed from day where venue_id = $1 and date >= $2 order by date for update";
    private static final String SAVE = """
            insert into day (venue_id, date, version, closed)
            select $1, date, version, closed from jsonb_to_recordset($2) as d(date date, version bigint, closed boolean)
            on conflict (venue_id, date) do update set version = excluded.version, closed = excluded.closed
            """;
    private static final String CLOSE = "update day set version = version + 1, closed = true"
            + " where venue_id = $1 and date < $2 and not closed returning date";

    private final Outbox outbox;

    /** A day's row. */
    private record Stored(long version, boolean closed) {

        static final Stored NONE = new Stored(0, true);
    }

    VenueDays(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> publish(SqlConnection transaction, Optional<Venue> before, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(venue.id().value(), from))
                .map(VenueDays::stored)
                .chain(stored -> DayRows.loadFrom(transaction, venue.id(), from.minusDays(1))
                        .map(reservations -> changed(before, venue, stored, reservations, now)))
                .chain(days -> saveAndTell(transaction, venue, days, now))
                .call(() -> DayEchoes.leaveWhereSomebodyWaits(transaction, venue.id(), from));
    }

    /** Opens the dates of the window that are not open yet; those that are stay as they are. */
    Uni<Integer> open(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(venue.id().value(), from))
                .map(VenueDays::stored)
                .map(stored -> missing(venue, stored, now))
                .chain(missing -> missing.isEmpty()
                        ? Uni.createFrom().item(0)
                        : DayRows.loadFrom(transaction, venue.id(), from.minusDays(1))
                                .map(reservations -> opened(venue, missing, reservations))
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
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(venue.id().value(), firstKept(venue.today(now))))
                .map(rows -> {
                    List<OutboxEvent> events = new ArrayList<>();
                    rows.forEach(row -> events.add(DayEvents.closed(new DayKey(venue.id(), row.getLocalDate(0)), now)));
                    return events;
                })
                .call(events -> events.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(transaction, events))
                .map(List::size);
    }

    /** The first date that is not closed yet. */
    static LocalDate firstKept(LocalDate today) {
        return today.minusDays(DAYS_AFTER);
    }

    private static Map<LocalDate, Stored> missing(Venue venue, Map<LocalDate, Stored> stored, Instant now) {
        Map<LocalDate, Stored> missing = new TreeMap<>();
        window(venue, now)
                .filter(date -> stored.getOrDefault(date, Stored.NONE).closed())
                .forEach(date -> missing.put(date, stored.getOrDefault(date, Stored.NONE)));
        return missing;
    }

    private static List<Day> opened(Venue venue, Map<LocalDate, Stored> missing, List<Reservation> reservations) {
        List<Day> days = new ArrayList<>();
        missing.forEach((date, stored) ->
                days.add(day(venue, date, stored, reservations).committed()));
        return days;
    }

    private static Stream<LocalDate> window(Venue venue, Instant now) {
        return venue.today(now).datesUntil(venue.lastBookableDate(now).plusDays(1));
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, List<Day> days, Instant now) {
        return days.isEmpty()
                ? Uni.createFrom().voidItem()
                : save(transaction, venue, days, now).call(() -> outbox.append(transaction, events(days, now)));
    }

    private static Map<LocalDate, Stored> stored(RowSet<Row> rows) {
        Map<LocalDate, Stored> stored = new TreeMap<>();
        rows.forEach(row -> stored.put(row.getLocalDate(0), new Stored(row.getLong(1), row.getBoolean(2))));
        return stored;
    }

    /** The days whose availability is another one now; throws when a reservation would be stranded. */
    private static List<Day> changed(
            Optional<Venue> before,
            Venue venue,
            Map<LocalDate, Stored> stored,
            List<Reservation> reservations,
            Instant now) {
        Map<LocalDate, Stored> wanted = new TreeMap<>(stored);
        window(venue, now).forEach(date -> wanted.putIfAbsent(date, Stored.NONE));
        List<Day> changed = new ArrayList<>();
        List<Reservation> stranded = new ArrayList<>();
        wanted.forEach((date, row) -> {
            Day day = day(venue, date, row, reservations);
            stranded.addAll(stranded(day, now));
            boolean same = row != Stored.NONE
                    && row.closed() == isBeyond(venue, date, now)
                    && before.filter(old -> isSame(day(old, date, row, reservations), day, now))
                            .isPresent();
            if (!same) {
                changed.add(day.committed());
            }
        });
        if (!stranded.isEmpty()) {
            throw Problem.of(Problem.Type.VENUE_HAS_RESERVATIONS, "Move or cancel the listed reservations first.")
                    .with(
                            "reservations",
                            stranded.stream().map(VenueDays::listed).toList());
        }
        return changed;
    }

    private static Day day(Venue venue, LocalDate date, Stored stored, List<Reservation> reservations) {
        List<Reservation> near = near(date, reservations);
        List<Stay> stays = near.stream().map(Reservation::stay).toList();
        return Day.load(stored.version(), new DayPlan(venue, date), stays, near);
    }

    private static boolean isSame(Day before, Day after, Instant now) {
        return before.document(now).json().equals(after.document(now).json());
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

    private static List<Reservation> near(LocalDate date, List<Reservation> reservations) {
        return reservations.stream()
                .filter(r -> !r.date().isBefore(date.minusDays(1)) && !r.date().isAfter(date.plusDays(1)))
                .toList();
    }

    private static List<Reservation> stranded(Day day, Instant now) {
        return day.stranded().stream()
                .flatMap(id -> day.reservation(id).stream())
                .filter(r -> r.startsAt().isAfter(now) && r.status() != Status.SEATED)
                .toList();
    }

    private static Uni<Void> save(SqlConnection transaction, Venue venue, List<Day> days, Instant now) {
        JsonArray rows = new JsonArray();
        days.forEach(day -> rows.add(new JsonObject()
                .put("date", day.plan().date().toString())
                .put("version", day.version())
                .put("closed", isBeyond(venue, day.plan().date(), now))));
        return transaction
                .preparedQuery(SAVE)
                .execute(Tuple.of(venue.id().value(), rows))
                .replaceWithVoid();
    }

    private static List<OutboxEvent> events(List<Day> days, Instant now) {
        return days.stream()
                .map(day -> DayEvents.updated(day.document(now), now))
                .toList();
    }
}
