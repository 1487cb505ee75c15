package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.contact.Country;
import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.database.StoredClock;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * Where days are read and written. A transaction takes two round trips, and holds the day's row lock for little more than one:
 *
 * <ol>
 *   <li>BEGIN, lock the days in date order, then read the venue, the reservations and the waitlist ({@link DayReads}). These
 *       are statements of their own <i>behind</i> the lock: joined to it they would show what was committed before the wait.
 *   <li>decide in memory ({@link DayStep}); then rows, versions, outbox ({@link StepWrites}) and COMMIT together.
 * </ol>
 *
 * A crash before the commit leaves nothing, a crash after it leaves the outbox's rows for the relay. When nothing is
 * accepted nothing is written. Losing the lock to a time-out, a deadlock, the exclusion constraint or a lost connection
 * starts over, a bounded number of times ({@link Retries}); after a connection that was lost during the COMMIT
 * {@link DayTransaction} finds out what became of it, so no answer is guessed and nothing is done twice.
 */
@ApplicationScoped
public class DayBook {

    private final Pool database;
    private final Outbox outbox;
    private final DayPlans plans;
    private final DayReads reads;
    private final StepWrites writes;
    private final Retries retries;
    private final Receipts receipts;
    private final Rules rules;
    private final RoomSeen room = new RoomSeen();

    DayBook(Pool database, Outbox outbox, DayPlans plans, DayRoll roll, Receipts receipts, BookingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.receipts = receipts;
        this.plans = plans;
        this.reads = new DayReads(plans, receipts);
        this.writes = new StepWrites(plans, receipts, outbox);
        this.retries = new Retries(roll);
        this.rules = rules(config);
    }

    static Rules rules(BookingConfig config) {
        return new Rules(
                config.waitlist().offerDuration(),
                config.waitlist().maxWaiting(),
                config.service().seatEarly(),
                config.service().noShowAfter());
    }

    public Uni<Optional<Reservation>> reservation(UUID id) {
        return ReservationTable.find(database, id);
    }

    /** What has become of a reservation behind one of its versions, up to a limit. */
    public Uni<List<HistoryEntry>> history(Reservation of, long after, int limit) {
        return Transactions.read(
                database, connection -> HistoryTable.find(connection, of.venueId(), of.id(), after, limit));
    }

    /** Which of the links that guests had to a reservation were ended. */
    public Uni<EndedLinks> endedLinks(Reservation to) {
        return ReservationTable.endedLinks(database, to.venueId(), to.id());
    }

    /** Which of the links that guests had to a waitlist entry were ended. */
    public Uni<EndedLinks> endedLinks(WaitlistEntry to) {
        return WaitlistTable.endedLinks(database, to.venueId(), to.id());
    }

    public Uni<Optional<WaitlistEntry>> entry(UUID id) {
        return WaitlistTable.find(database, id);
    }

    /**
     * The country in which telephone numbers in a body for this venue are dialled, that of its time zone. Nobody is asked when
     * there is no number in it, nor of a venue that this replica has seen.
     */
    public Uni<Optional<Country>> countryOfNumbers(VenueId venue, String body) {
        if (body == null || !body.contains("\"phone\"")) {
            return Uni.createFrom().item(Optional.empty());
        }
        return plans.lastSeen(venue)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> VenueTable.newest(database, venue, 0).map(read -> plans.learnt(venue, read)))
                .map(seen -> Country.ofZone(seen.timeZone().getId()))
                .onFailure(Problem.class)
                .recoverWithItem(Optional.empty());
    }

    /** A page of what is looked for. */
    public Uni<List<Found>> find(ReservationSearch search) {
        return Transactions.read(database, connection -> ReservationSearches.find(connection, search));
    }

    /** The place of an entry among those of its day who wait, from 1; empty of one that does not. */
    public Uni<OptionalInt> position(WaitlistEntry entry) {
        return entry.status() == WaitlistStatus.WAITING
                ? WaitlistTable.position(database, entry)
                : Uni.createFrom().item(OptionalInt.empty());
    }

    /** A page of a venue's waitlist. */
    public Uni<WaitlistPage> line(WaitlistPage.Search search) {
        return Transactions.read(database, connection -> WaitlistTable.page(connection, search));
    }

    /** Which of these reservations of a venue there are. */
    public Uni<Set<UUID>> known(VenueId venue, Collection<UUID> ids) {
        return ReservationTable.known(database, venue, ids);
    }

    /** The reservations of a venue that callers call so, by external id. */
    public Uni<Map<String, UUID>> byExternalIds(VenueId venue, Collection<String> externalIds) {
        return externalIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : ReservationTable.byExternalIds(database, venue, externalIds);
    }

    /** The committed days, read without their locks and all at one instant: good for refusing, never for accepting. */
    Uni<LoadedDays> look(SortedSet<DayKey> keys, Collection<Asked> asked) {
        return retries.around(
                keys.first().venueId(), () -> database.withConnection(connection -> look(connection, keys, asked)));
    }

    private Uni<LoadedDays> look(SqlConnection connection, SortedSet<DayKey> keys, Collection<Asked> asked) {
        DayTransaction transaction = new DayTransaction(database, connection);
        return reads.look(connection, transaction, keys, asked).onFailure().call(transaction::rollback);
    }

    /** Whether the day had so much room when this replica last saw it that a look is not worth its cost. */
    boolean sawPlentyOfRoom(DayKey day, Command.Book wanted) {
        return room.isPlenty(day, wanted.wish(), now());
    }

    /** What this would lead to, were it decided now; nothing is locked or written. */
    Decision rehearse(LoadedDays loaded, Asked asked) {
        return DayStep.of(loaded.days(), List.of(asked.request()), loaded.receipts(), rules, now())
                .decisions()
                .get(0);
    }

    /** What a request was answered when it was granted before, if it was. */
    Uni<Optional<Decision>> answeredBefore(Receipt receipt) {
        return receipts.find(database, List.of(receipt))
                .map(found -> Optional.ofNullable(found.get(receipt.key())).map(stored -> stored.answer(receipt)));
    }

    /** As {@link #rehearse}, of one who wants to book on a day that was read. */
    Decision rehearse(Day day, Command.Book wanted) {
        return day.decide(wanted, rules, now());
    }

    /** Decides in order in one transaction: one lock a day, at most one new version a day. */
    Uni<List<Decision>> decide(SortedSet<DayKey> keys, List<Asked> asked) {
        return decide(keys, asked, false);
    }

    /** As {@link #decide}, but all or nothing: when one of them is refused none is written. For imports, off the event loop. */
    public Uni<List<Decision>> decideTogether(DayKey key, List<Asked> asked) {
        return decide(DayKey.only(key), asked, true);
    }

    private Uni<List<Decision>> decide(SortedSet<DayKey> keys, List<Asked> asked, boolean together) {
        List<Request> requests = asked.stream().map(Asked::request).toList();
        return transact(
                keys.first().venueId(),
                asked,
                (connection, transaction, everywhere) -> reads.locked(connection, transaction, keys, asked, everywhere),
                (loaded, now) -> {
                    DayStep step = DayStep.of(loaded.days(), requests, loaded.receipts(), rules, now);
                    return together && !step.grantsAll() ? step.unwritten() : step;
                },
                together);
    }

    /** Clears what has run out and publishes what neighbours have changed, unless somebody else has the day's lock. */
    Uni<Void> passTime(DayKey key) {
        return transact(
                        key.venueId(),
                        List.of(),
                        (connection, transaction, everywhere) -> reads.passing(connection, transaction, key),
                        (loaded, now) -> loaded.days().isEmpty()
                                ? DayStep.of(loaded.days(), List.of(), Map.of(), rules, now)
                                : DayStep.passing(loaded.days(), loaded.outdated(now), rules, now),
                        false)
                .replaceWithVoid();
    }

    /** Reads the days of a transaction; everywhere when the database has refused a table that what was read showed as free. */
    private interface Reading {
        Uni<LoadedDays> read(SqlConnection connection, DayTransaction transaction, boolean everywhere);
    }

    private Uni<List<Decision>> transact(
            VenueId venue,
            List<Asked> asked,
            Reading reading,
            BiFunction<LoadedDays, Instant, DayStep> decide,
            boolean isLong) {
        AtomicBoolean refused = new AtomicBoolean();
        return retries.around(
                        venue,
                        () -> database.withConnection(connection -> {
                            DayTransaction transaction = new DayTransaction(database, connection);
                            return reading.read(connection, transaction, refused.get())
                                    .chain(loaded -> isLong
                                            ? OffLoop.compute(() -> decided(venue, asked, loaded, decide))
                                            : Uni.createFrom().item(decided(venue, asked, loaded, decide)))
                                    .onFailure()
                                    .call(transaction::rollback)
                                    .call(decided -> decided.end(transaction))
                                    .onFailure(Retries::isConstraint)
                                    .invoke(() -> refused.set(true));
                        }))
                .invoke(decided -> {
                    decided.states().forEach(room::saw);
                    if (decided.isWritten()) {
                        outbox.committedFor(venue);
                    }
                })
                .map(Decided::decisions);
    }

    /**
     * @param states of the days once it has committed
     * @param writes that carry out the step; none when nothing is to be written
     */
    private record Decided(
            List<Decision> decisions, Collection<DayDocument> states, List<Write> writes, String transactionId) {

        boolean isWritten() {
            return !writes.isEmpty();
        }

        Uni<Void> end(DayTransaction transaction) {
            return isWritten() ? transaction.commit(writes, transactionId) : transaction.rollback();
        }
    }

    /** It is now when the lock is held, not when it was asked for. */
    private Decided decided(
            VenueId venue, List<Asked> asked, LoadedDays loaded, BiFunction<LoadedDays, Instant, DayStep> decide) {
        Instant now = now();
        DayStep step = decide.apply(loaded, now);
        Map<LocalDate, DayDocument> states = step.states(now);
        if (!step.writes()) {
            return new Decided(step.decisions(), states.values(), List.of(), loaded.transactionId());
        }
        loaded.requireOpen(step);
        List<Write> statements = writes.of(venue, step, asked, states, now);
        return new Decided(step.decisions(), states.values(), statements, loaded.transactionId());
    }

    static Instant now() {
        return StoredClock.UTC.instant();
    }
}
