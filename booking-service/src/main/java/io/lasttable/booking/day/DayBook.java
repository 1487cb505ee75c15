package io.lasttable.booking.day;

import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where a day is read and written. A transaction takes three round trips under the day's row lock:
 *
 * <ol>
 *   <li>lock the day, then read the venue and the reservations. They are statements of their own <i>behind</i> the lock:
 *       joined to it they would show what was committed before the wait.
 *   <li>decide in memory ({@link DayStep}) and write rows, version and outbox together;
 *   <li>commit.
 * </ol>
 *
 * A crash before the commit leaves nothing, a crash after it leaves the outbox's rows for the relay. When nothing is
 * accepted nothing is written. Losing the lock to a time-out, a deadlock or the exclusion constraint rolls back and starts
 * over, a bounded number of times.
 */
@ApplicationScoped
public class DayBook {

    private static final int MOST_TRIES = 4;
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01", "55P03");
    private static final String VERSION = "select version from day where venue_id = $1 and date = $2";
    private static final String VENUE = "select version, document::text from venue where venue_id = $1";
    private static final String SAVE_VERSION = "update day set version = $3 where venue_id = $1 and date = $2";

    private final Pool database;
    private final Outbox outbox;
    private final DayPlans plans;

    DayBook(Pool database, Outbox outbox, DayPlans plans) {
        this.database = database;
        this.outbox = outbox;
        this.plans = plans;
    }

    /** The committed day, read without its lock: good for refusing, never for accepting. */
    Uni<Day> look(DayKey key) {
        return database.withConnection(connection -> load(connection, key, List.of(), ""));
    }

    public Uni<Optional<Reservation>> reservation(UUID id) {
        return DayRows.find(database, id);
    }

    /** Decides the commands in order in one transaction: one lock, at most one new version. */
    Uni<List<Decision>> decide(DayKey key, List<Command> commands) {
        return database.withTransaction(transaction -> decide(transaction, key, commands))
                .onFailure(DayBook::isWorthAnotherTry)
                .retry()
                .atMost(MOST_TRIES - 1L)
                .invoke(() -> outbox.committedFor(key.venueId()));
    }

    private Uni<List<Decision>> decide(SqlConnection transaction, DayKey key, List<Command> commands) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        return load(transaction, key, commands, " for update")
                .map(day -> DayStep.of(day, commands, now))
                .call(step ->
                        step.changed().isEmpty() ? Uni.createFrom().voidItem() : save(transaction, key, step, now))
                .map(DayStep::decisions);
    }

    private Uni<Void> save(SqlConnection transaction, DayKey key, DayStep step, Instant now) {
        Tuple version = Tuple.of(key.venueId().value(), key.date(), step.day().version());
        return Uni.join()
                .all(
                        DayRows.save(transaction, key.venueId(), step.changed()),
                        transaction.preparedQuery(SAVE_VERSION).execute(version).replaceWithVoid(),
                        outbox.append(transaction, DayEvents.of(step, now)))
                .andFailFast()
                .replaceWithVoid();
    }

    private Uni<Day> load(SqlClient client, DayKey key, List<Command> commands, String lock) {
        String venue = key.venueId().value();
        List<UUID> named = commands.stream().map(Command::id).toList();
        LocalDate date = key.date();
        return Uni.join()
                .all(
                        client.preparedQuery(VERSION + lock)
                                .execute(Tuple.of(venue, date))
                                .map(Object.class::cast),
                        client.preparedQuery(VENUE).execute(Tuple.of(venue)).map(Object.class::cast),
                        DayRows.load(client, key.venueId(), date.minusDays(1), date.plusDays(1), named)
                                .map(Object.class::cast))
                .andFailFast()
                .map(loaded -> day(key, rows(loaded.get(0)), rows(loaded.get(1)), reservations(loaded.get(2))));
    }

    private Day day(DayKey key, RowSet<Row> version, RowSet<Row> venue, List<Reservation> reservations) {
        Iterator<Row> found = venue.iterator();
        if (!found.hasNext()) {
            throw Venues.unknown(key.venueId());
        }
        Row row = found.next();
        DayPlan plan = plans.plan(key.venueId(), row.getLong(0), key.date(), () -> row.getString(1));
        long current = version.size() == 0 ? 0 : version.iterator().next().getLong(0);
        return assemble(current, plan, reservations);
    }

    /** A day from its rows: neighbours' stays as far as they reach into it, and its own reservations. */
    static Day assemble(long version, DayPlan plan, List<Reservation> reservations) {
        List<Stay> stays = reservations.stream()
                .filter(r -> r.status().occupies())
                .map(Reservation::stay)
                .filter(stay -> stay.date().equals(plan.date()) || stay.overlaps(plan.from(), plan.until()))
                .toList();
        return Day.load(version, plan, stays, reservations);
    }

    private static boolean isWorthAnotherTry(Throwable failure) {
        return failure instanceof DayRows.TablesTaken
                || failure instanceof PgException pg && WORTH_ANOTHER_TRY.contains(pg.getSqlState());
    }

    @SuppressWarnings("unchecked")
    private static RowSet<Row> rows(Object loaded) {
        return (RowSet<Row>) loaded;
    }

    @SuppressWarnings("unchecked")
    private static List<Reservation> reservations(Object loaded) {
        return (List<Reservation>) loaded;
    }
}
