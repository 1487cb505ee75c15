package io.lasttable.booking.daybook;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.ScheduleChange;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a new version of a venue, or of what is blocked in it, makes of its days: all of them locked in one statement and read in another,
 * compared away from the event loop, and told of in parts of which none keeps it for long.
 */
@ApplicationScoped
class Reschedule implements Schedules {

    private final DayNews news;
    private final Rules rules;

    /** What is to be written of it. */
    private record Outcome(List<DayNews.Told> days, List<Write> people, List<OutboxEvent> news) {}

    Reschedule(Outbox outbox, DaybookSettings settings) {
        this.news = new DayNews(outbox);
        this.rules = DayBook.rules(settings);
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
                .reduce(DayTable.LAST, Reschedule::earlier);
        LocalDate from = first.isBefore(yesterday) ? yesterday : first;
        LocalDate to = both.stream()
                .map(block -> block.lastDate().plusDays(DayPlan.FARTHEST))
                .reduce(from, (one, other) -> one.isAfter(other) ? one : other);
        Predicate<LocalDate> differs =
                date -> !before.flatMap(block -> block.on(date)).equals(after.flatMap(block -> block.on(date)));
        return DayTable.lockBetween(transaction, venue.id(), from, to)
                .chain(stored -> anew(transaction, venue, stored, from, to, differs, now));
    }

    /** Tells of all these days as they are now: those that differ have a new version, the others where what they offer has changed. */
    Uni<Void> anew(
            SqlConnection transaction,
            Venue venue,
            SortedMap<LocalDate, DayTable.State> stored,
            LocalDate from,
            LocalDate to,
            Predicate<LocalDate> differs,
            Instant now) {
        return Present.withLine(transaction, venue.id(), stored, from, to)
                .chain(present -> OffLoop.compute(() -> compared(venue, stored, present, differs, now)))
                .chain(outcome -> saveAndTell(transaction, venue, outcome, now));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private Outcome compared(
            Venue venue,
            Map<LocalDate, DayTable.State> stored,
            Present present,
            Predicate<LocalDate> differs,
            Instant now) {
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        stored.forEach((date, row) -> {
            Day day = OpenDays.day(venue, date, row, present);
            changes.put(date, new ScheduleChange(Optional.of(day), day, differs.test(date)));
        });
        return outcome(venue, changes, now);
    }

    @Override
    public Uni<Void> end(SqlConnection transaction, Venue venue, Instant now) {
        return new VenueEnd(news, rules).end(transaction, venue, now);
    }

    private Uni<Void> saveAndTell(SqlConnection transaction, Venue venue, Outcome outcome, Instant now) {
        return news.saveAndTell(transaction, venue.id(), outcome.days(), OpenDays.isBeyond(now), now)
                .chain(() -> DayNews.send(transaction, outcome.people()))
                .chain(() -> news.append(transaction, outcome.news()));
    }

    /** What the new version makes of the venue's days; throws when somebody would be stranded. */
    private Outcome change(
            Optional<Venue> before, Venue venue, Map<LocalDate, DayTable.State> stored, Present present, Instant now) {
        Map<LocalDate, DayTable.State> wanted = new TreeMap<>(stored);
        OpenDays.window(venue, now).forEach(date -> wanted.putIfAbsent(date, DayTable.State.NONE));
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        wanted.forEach((date, row) -> {
            boolean open = row != DayTable.State.NONE && row.closed() == OpenDays.isBeyond(venue, date, now);
            Optional<Day> old = before.map(was -> OpenDays.day(was, date, row, present));
            Day after = OpenDays.day(venue, date, row, present);
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
                            reservations.stream().map(Reschedule::listed).toList());
        }
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
