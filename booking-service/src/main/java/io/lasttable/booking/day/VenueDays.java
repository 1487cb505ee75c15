package io.lasttable.booking.day;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Opens and republishes all days of a venue's booking window in one go: one lock, one read and two writes for all. */
@ApplicationScoped
class VenueDays implements Schedules {

    private static final String LOCK =
            "select date, version from day where venue_id = $1 and date >= $2 order by date for update";
    private static final String SAVE = """
            insert into day (venue_id, date, version)
            select $1, date, version from jsonb_to_recordset($2) as d(date date, version bigint)
            on conflict (venue_id, date) do update set version = excluded.version
            """;

    private final Outbox outbox;

    VenueDays(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> publish(SqlConnection transaction, Venue venue, Instant now) {
        LocalDate from = venue.today(now).minusDays(1);
        LocalDate last = venue.lastBookableDate(now);
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(venue.id().value(), from))
                .map(VenueDays::versions)
                .chain(versions -> DayRows.loadFrom(transaction, venue.id(), from.minusDays(1))
                        .map(reservations -> days(venue, versions, reservations, last, now)))
                .chain(days -> saveAndTell(transaction, venue, days, now));
    }

    /** Opens the dates of the window that no day exists for yet; those that exist stay as they are. */
    Uni<Integer> open(SqlConnection transaction, Venue venue, Instant now) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(venue.id().value(), venue.today(now)))
                .map(VenueDays::versions)
                .map(existing -> missing(venue, existing, now))
                .call(days -> days.isEmpty() ? Uni.createFrom().voidItem() : saveAndTell(transaction, venue, days, now))
                .map(List::size);
    }

    private static List<Day> missing(Venue venue, Map<LocalDate, Long> existing, Instant now) {
        return venue.today(now)
                .datesUntil(venue.lastBookableDate(now).plusDays(1))
                .filter(date -> !existing.containsKey(date))
                .map(date -> DayBook.assemble(0, new DayPlan(venue, date), List.of(), List.of())
                        .committed())
                .toList();
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, List<Day> days, Instant now) {
        return save(transaction, venue, days).call(() -> outbox.append(transaction, events(days, now)));
    }

    private static Map<LocalDate, Long> versions(RowSet<Row> rows) {
        Map<LocalDate, Long> versions = new TreeMap<>();
        rows.forEach(row -> versions.put(row.getLocalDate(0), row.getLong(1)));
        return versions;
    }

    private static List<Day> days(
            Venue venue, Map<LocalDate, Long> versions, List<Reservation> reservations, LocalDate last, Instant now) {
        Map<LocalDate, Long> wanted = new TreeMap<>(versions);
        venue.today(now).datesUntil(last.plusDays(1)).forEach(date -> wanted.merge(date, 0L, Long::sum));
        List<Day> days = new ArrayList<>();
        List<UUID> stranded = new ArrayList<>();
        wanted.forEach((date, version) -> {
            Day day = DayBook.assemble(version, new DayPlan(venue, date), near(date, reservations), List.of());
            stranded.addAll(stranded(day, now));
            days.add(day.committed());
        });
        if (!stranded.isEmpty()) {
            throw Problem.of(Problem.Type.VENUE_HAS_RESERVATIONS, "Move or cancel the listed reservations first.")
                    .with("reservations", stranded);
        }
        return days;
    }

    private static List<Reservation> near(LocalDate date, List<Reservation> reservations) {
        return reservations.stream()
                .filter(r -> !r.date().isBefore(date.minusDays(1)) && !r.date().isAfter(date.plusDays(1)))
                .toList();
    }

    private static List<UUID> stranded(Day day, Instant now) {
        return day.stranded().stream()
                .filter(id -> day.reservation(id)
                        .filter(r -> r.startsAt().isAfter(now) && r.status() != Status.SEATED)
                        .isPresent())
                .toList();
    }

    private static Uni<Void> save(SqlConnection transaction, Venue venue, List<Day> days) {
        JsonArray rows = new JsonArray();
        days.forEach(day -> rows.add(
                new JsonObject().put("date", day.plan().date().toString()).put("version", day.version())));
        return transaction
                .preparedQuery(SAVE)
                .execute(Tuple.of(venue.id().value(), rows))
                .replaceWithVoid();
    }

    private static List<OutboxEvent> events(List<Day> days, Instant now) {
        return days.stream().map(day -> DayEvents.updated(day, now)).toList();
    }
}
