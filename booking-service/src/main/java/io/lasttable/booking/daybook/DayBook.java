package io.lasttable.booking.daybook;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.problem.Problem;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

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

    private static final Logger LOG = Logger.getLogger(DayBook.class);

    private final Pool database;
    private final Outbox outbox;
    private final DayPlans plans;
    private final DayReads reads;
    private final StepWrites writes;
    private final Retries retries;
    private final Receipts receipts;
    private final Rules rules;
    private final RoomSeen room = new RoomSeen();

    DayBook(Pool database, Outbox outbox, DayPlans plans, DayRoll roll, Receipts receipts, DaybookSettings settings) {
        this.database = database;
        this.outbox = outbox;
        this.receipts = receipts;
        this.plans = plans;
        this.reads = new DayReads(plans, receipts);
        this.writes = new StepWrites(plans, receipts, outbox);
        this.retries = new Retries(roll);
        this.rules = rules(settings);
    }

    static Rules rules(DaybookSettings settings) {
        return new Rules(
                settings.waitlist().offerDuration(),
                settings.waitlist().maxWaiting(),
                settings.service().seatEarly(),
                settings.service().noShowAfter());
    }

    /** The committed days, read without their locks and all at one instant: good for refusing, never for accepting. */
    Uni<LoadedDays> look(Group group) {
        return retries.around(group.venue(), () -> database.withConnection(connection -> look(connection, group)));
    }

    private Uni<LoadedDays> look(SqlConnection connection, Group group) {
        DayTransaction transaction = new DayTransaction(database, connection);
        return reads.look(connection, transaction, group).onFailure().call(transaction::rollback);
    }

    /** What room the day had when this replica last saw it. */
    RoomSeen.Room roomSeen(DayKey day, Command.Book wanted) {
        return room.of(day, wanted.wish(), now());
    }

    /** What this would lead to, were it decided now; nothing is locked or written. */
    Decision rehearse(LoadedDays loaded, Asked asked) {
        return DayStep.of(loaded.days(), List.of(asked.request()), loaded.receipts(), rules, now())
                .decisions()
                .get(0);
    }

    /** What a request was answered when it was granted before, if it was. */
    Uni<Optional<Decision>> answeredBefore(Receipt receipt) {
        return receipts.find(database, List.of(new Parted<>(0, receipt)))
                .map(found -> Optional.ofNullable(
                                found.getOrDefault(0, Map.of()).get(receipt.key()))
                        .map(stored -> stored.answer(receipt)));
    }

    /** As {@link #rehearse}, of one who wants to book on a day that was read. */
    Decision rehearse(Day day, Command.Book wanted) {
        return day.decide(wanted, rules, now());
    }

    /** Decides in order in one transaction: one lock a day, at most one new version a day. */
    Uni<List<Decision>> decide(Group group) {
        return decide(group, false);
    }

    /** As {@link #decide}, but all or nothing: when one of them is refused none is written. For imports, off the event loop. */
    public Uni<List<Decision>> decideTogether(DayKey key, List<Asked> asked) {
        return decide(new Group(DayKey.only(key), asked), true);
    }

    private Uni<List<Decision>> decide(Group group, boolean together) {
        return transact(
                group,
                (connection, transaction, everywhere) -> reads.locked(connection, transaction, group, everywhere),
                (loaded, now) -> {
                    DayStep step = step(group, loaded, now);
                    return together && !step.grantsAll() ? step.unwritten() : step;
                },
                together);
    }

    private DayStep step(Group group, LoadedDays loaded, Instant now) {
        return DayStep.of(loaded.days(), group.requests(), loaded.receipts(), rules, now);
    }

    /** Clears what has run out and publishes what neighbours have changed, unless somebody else has the day's lock. */
    Uni<Void> passTime(DayKey key) {
        return transact(
                        new Group(DayKey.only(key), List.of()),
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
            Group group, Reading reading, BiFunction<LoadedDays, Instant, DayStep> decide, boolean isLong) {
        AtomicBoolean refused = new AtomicBoolean();
        return retries.around(
                        group.venue(),
                        () -> database.withConnection(connection -> {
                            DayTransaction transaction = new DayTransaction(database, connection);
                            return reading.read(connection, transaction, refused.get())
                                    .chain(loaded -> isLong
                                            ? OffLoop.compute(() -> alone(group, loaded, decide))
                                            : Uni.createFrom().item(alone(group, loaded, decide)))
                                    .onFailure()
                                    .call(transaction::rollback)
                                    .call(outcome -> outcome.end(transaction))
                                    .onFailure(Retries::isConstraint)
                                    .invoke(() -> refused.set(true));
                        }))
                .invoke(this::ended)
                .map(outcome -> outcome.decisions().get(0).orElseThrow());
    }

    /**
     * Decides about groups of different days in one transaction, which waits for nobody who has locked one of them. Empty for a group
     * that has to be decided alone, of which nothing was done: somebody else has its day, or PostgreSQL will not have what one of them
     * wants. Fails only where nobody knows what was done, or where it took so long to come to nothing that nothing is tried anew.
     */
    Uni<List<Optional<List<Decision>>>> share(List<Group> groups) {
        return Uni.createFrom().deferred(() -> share(groups, System.nanoTime()));
    }

    private Uni<List<Optional<List<Decision>>>> share(List<Group> groups, long began) {
        AtomicBoolean settled = new AtomicBoolean();
        return database.withConnection(connection -> {
                    DayTransaction transaction = new DayTransaction(database, connection);
                    return reads.unlocked(connection, transaction, groups)
                            .map(loaded -> shared(groups, loaded))
                            .onFailure()
                            .call(transaction::rollback)
                            .call(outcome -> outcome.end(transaction)
                                    .invoke(() -> settled.set(true))
                                    .onFailure(Problem.class)
                                    .invoke(() -> settled.set(true)));
                })
                .invoke(this::ended)
                .map(Outcome::decisions)
                .onFailure(Retries::isConstraint)
                .invoke(() -> Retries.constraintFired(
                        groups.stream().map(Group::venue).distinct().toList().toString()))
                .onFailure(failure -> !settled.get())
                .recoverWithUni(failure -> {
                    LOG.debugf("%d days are decided one by one: %s", groups.size(), failure.getMessage());
                    return Retries.isTooLate(began)
                            ? Uni.createFrom().failure(Retries.unreachable())
                            : Uni.createFrom().item(Collections.nCopies(groups.size(), Optional.empty()));
                });
    }

    private void ended(Outcome outcome) {
        outcome.written().forEach(done -> outbox.committedFor(done.venue()));
        outcome.steps()
                .forEach(step -> step.ifPresent(done -> done.states().values().forEach(room::saw)));
    }

    /**
     * What a transaction comes to.
     *
     * @param steps in the order of the groups
     * @param writes that carry them out; none when nothing is to be written
     */
    private record Outcome(List<Optional<StepWrites.Done>> steps, List<Write> writes, String transactionId) {

        List<Optional<List<Decision>>> decisions() {
            return steps.stream()
                    .map(step -> step.map(done -> done.step().decisions()))
                    .toList();
        }

        List<StepWrites.Done> written() {
            return steps.stream()
                    .flatMap(Optional::stream)
                    .filter(done -> done.step().writes())
                    .toList();
        }

        Uni<Void> end(DayTransaction transaction) {
            return writes.isEmpty() ? transaction.rollback() : transaction.commit(writes, transactionId);
        }
    }

    /** It is now when the lock is held, not when it was asked for. */
    private Outcome alone(Group group, LoadedDays loaded, BiFunction<LoadedDays, Instant, DayStep> decide) {
        Instant now = now();
        DayStep step = decide.apply(loaded, now);
        return outcome(List.of(Optional.of(done(group, loaded, step, now))), loaded.transactionId(), now);
    }

    private Outcome shared(List<Group> groups, List<Optional<LoadedDays>> read) {
        Instant now = now();
        List<Optional<StepWrites.Done>> steps = new ArrayList<>();
        String transactionId = "";
        for (int part = 0; part < groups.size(); part++) {
            Group group = groups.get(part);
            steps.add(read.get(part).map(loaded -> done(group, loaded, step(group, loaded, now), now)));
            transactionId = read.get(part).map(LoadedDays::transactionId).orElse(transactionId);
        }
        return outcome(steps, transactionId, now);
    }

    private static StepWrites.Done done(Group group, LoadedDays loaded, DayStep step, Instant now) {
        if (step.writes()) {
            loaded.requireOpen(step);
        }
        return new StepWrites.Done(group.venue(), step, group.asked(), step.states(now));
    }

    private Outcome outcome(List<Optional<StepWrites.Done>> steps, String transactionId, Instant now) {
        Outcome unwritten = new Outcome(steps, List.of(), transactionId);
        List<StepWrites.Done> written = unwritten.written();
        return written.isEmpty() ? unwritten : new Outcome(steps, writes.of(written, now), transactionId);
    }

    static Instant now() {
        return DatabaseClock.UTC.instant();
    }
}
