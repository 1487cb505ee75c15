package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.DayTransaction.OutcomeUnknown;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Where days are read and written. A transaction takes two round trips, and holds the day's row lock for little more than one:
 *
 * <ol>
 *   <li>BEGIN, lock the days in date order, then read the venue, the reservations and the waitlist. These are statements of
 *       their own <i>behind</i> the lock: joined to it they would show what was committed before the wait.
 *   <li>decide in memory ({@link DayStep}); then rows, versions, outbox and COMMIT together.
 * </ol>
 *
 * A crash before the commit leaves nothing, a crash after it leaves the outbox's rows for the relay. When nothing is
 * accepted nothing is written. Losing the lock to a time-out, a deadlock, the exclusion constraint or a lost connection
 * starts over, a bounded number of times ({@link Retries}); a connection that is lost during the COMMIT is followed up by asking PostgreSQL
 * what became of the transaction ({@link Outcomes}), so no answer is guessed and nothing is done twice.
 */
@ApplicationScoped
public class DayBook {

    private static final String SAVE_VERSION = "update day set version = $3 where venue_id = $1 and date = $2";

    private final Pool database;
    private final Outbox outbox;
    private final DayLoad load;
    private final Retries retries;
    private final Outcomes outcomes;
    private final DayEchoes echoes;
    private final Optional<Receipts> receipts;
    private final Rules rules;
    private final RoomSeen room = new RoomSeen();

    DayBook(
            Pool database,
            Outbox outbox,
            DayPlans plans,
            DayRoll roll,
            Instance<Receipts> receipts,
            BookingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.receipts = receipts.stream().findFirst();
        this.load = new DayLoad(plans, this.receipts);
        this.retries = new Retries(roll);
        this.outcomes = new Outcomes(database);
        this.echoes = new DayEchoes(plans);
        this.rules =
                new Rules(config.waitlist().offerDuration(), config.waitlist().maxWaiting());
    }

    public Uni<Optional<Reservation>> reservation(UUID id) {
        return DayRows.find(database, id);
    }

    public Uni<Optional<WaitlistEntry>> entry(UUID id) {
        return WaitlistRows.find(database, id);
    }

    /** Up to {@code limit} reservations of a venue in the order of {@link ReservationPage}. */
    public Uni<List<Reservation>> page(ReservationPage page) {
        return DayRows.page(database, page);
    }

    /** The committed days, read without their locks and all at one instant: good for refusing, never for accepting. */
    Uni<DayLoad.Loaded> look(SortedSet<DayKey> keys, Collection<Request> requests) {
        return retries.around(
                keys.first().venueId(),
                () -> database.withConnection(connection -> load.look(connection, keys, requests)));
    }

    /** Whether the day had so much room when this replica last saw it that a look is not worth its cost. */
    boolean sawPlentyOfRoom(DayKey day, Command.Book wanted) {
        return room.isPlenty(day, wanted.wish(), now());
    }

    /** What this request would lead to, were it decided now; nothing is locked or written. */
    Decision rehearse(DayLoad.Loaded loaded, Request request) {
        return DayStep.of(loaded.days(), List.of(request), loaded.receipts(), rules, now())
                .decisions()
                .get(0);
    }

    /** What a request was answered when it was granted before, if it was. */
    Uni<Optional<Decision>> answeredBefore(Receipt receipt) {
        return receipts.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : receipts.get()
                        .find(database, List.of(receipt))
                        .map(found ->
                                Optional.ofNullable(found.get(receipt.key())).map(receipt::answer));
    }

    /** Decides the requests in order in one transaction: one lock a day, at most one new version a day. */
    Uni<List<Decision>> decide(SortedSet<DayKey> keys, List<Request> requests) {
        return decide(keys, requests, false);
    }

    /** As {@link #decide}, but all or nothing: when one of them is refused none is written. For imports. */
    public Uni<List<Decision>> decideTogether(DayKey key, List<Request> requests) {
        return decide(DayKey.only(key), requests, true);
    }

    private Uni<List<Decision>> decide(SortedSet<DayKey> keys, List<Request> requests, boolean together) {
        return transact(
                keys.first().venueId(),
                (connection, transaction) -> load.locked(connection, transaction, keys, requests),
                (loaded, now) -> {
                    DayStep step = DayStep.of(loaded.days(), requests, loaded.receipts(), rules, now);
                    return together && !step.grantsAll() ? step.unwritten() : step;
                });
    }

    /** Clears what has run out and publishes what neighbours have changed, unless somebody else has the day's lock. */
    Uni<Void> passTime(DayKey key) {
        return transact(
                        key.venueId(),
                        (connection, transaction) -> load.passing(connection, transaction, key),
                        (loaded, now) -> loaded.days().isEmpty()
                                ? DayStep.of(loaded.days(), List.of(), Map.of(), rules, now)
                                : DayStep.passing(loaded.days(), loaded.reached(), rules, now))
                .replaceWithVoid();
    }

    private Uni<List<Decision>> transact(
            VenueId venue,
            BiFunction<SqlConnection, DayTransaction, Uni<DayLoad.Loaded>> read,
            BiFunction<DayLoad.Loaded, Instant, DayStep> decide) {
        return retries.around(
                        venue, () -> database.withConnection(connection -> attempt(connection, venue, read, decide)))
                .invoke(decided -> {
                    decided.states().forEach(room::saw);
                    if (decided.written()) {
                        outbox.committedFor(venue);
                    }
                })
                .map(Decided::decisions);
    }

    /**
     * @param states of the days once it has committed
     * @param statements that write the step; none when nothing is to be written
     */
    private record Decided(
            List<Decision> decisions, Collection<DayDocument> states, List<Uni<?>> statements, String transactionId) {

        boolean written() {
            return !statements.isEmpty();
        }
    }

    private Uni<Decided> attempt(
            SqlConnection connection,
            VenueId venue,
            BiFunction<SqlConnection, DayTransaction, Uni<DayLoad.Loaded>> read,
            BiFunction<DayLoad.Loaded, Instant, DayStep> decide) {
        DayTransaction transaction = new DayTransaction(connection);
        return read.apply(connection, transaction)
                .map(loaded -> decided(connection, venue, loaded, decide))
                .onFailure()
                .call(transaction::rollback)
                .call(decided -> decided.written()
                        ? commit(transaction, decided.statements(), decided.transactionId())
                        : transaction.rollback());
    }

    /** It is now when the lock is held, not when it was asked for. */
    private Decided decided(
            SqlConnection connection,
            VenueId venue,
            DayLoad.Loaded loaded,
            BiFunction<DayLoad.Loaded, Instant, DayStep> decide) {
        Instant now = now();
        DayStep step = decide.apply(loaded, now);
        Map<LocalDate, DayDocument> states = step.states(now);
        if (!step.writes()) {
            return new Decided(step.decisions(), states.values(), List.of(), loaded.transactionId());
        }
        loaded.requireOpen(step);
        List<Uni<?>> statements = statements(connection, venue, step, states, now);
        return new Decided(step.decisions(), states.values(), statements, loaded.transactionId());
    }

    private Uni<Void> commit(DayTransaction transaction, List<Uni<?>> statements, String transactionId) {
        return transaction
                .commit(statements, transactionId)
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(lost -> outcomes.of((OutcomeUnknown) lost));
    }

    private List<Uni<?>> statements(
            SqlConnection connection, VenueId venue, DayStep step, Map<LocalDate, DayDocument> states, Instant now) {
        List<Uni<?>> statements = new ArrayList<>(DayRows.vacate(connection, venue, step));
        statements.addAll(WaitlistRows.save(connection, venue, step));
        statements.addAll(echoes.of(connection, venue, step));
        statements.add(Write.together(connection, writes(venue, step, states, now)));
        return statements;
    }

    /** What every booking writes, none of it the same row as another. */
    private List<Write> writes(VenueId venue, DayStep step, Map<LocalDate, DayDocument> states, Instant now) {
        List<Write> writes = new ArrayList<>(DayRows.save(venue, step));
        step.changedDays()
                .forEach(day -> writes.add(
                        Write.of(SAVE_VERSION, venue.value(), day.plan().date(), day.version())));
        if (!step.receipts().isEmpty()) {
            writes.add(receipts.orElseThrow().save(step.receipts()));
        }
        writes.add(outbox.write(DayEvents.of(step, states, now)));
        return writes;
    }

    static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
