package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Decision.Elsewhere;
import io.lasttable.booking.day.Decision.Refused;
import io.lasttable.booking.day.Decision.Replayed;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.problem.Problem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How requests get to a day.
 *
 * <ol>
 *   <li>{@link #ask}: the committed day is read without its lock ({@link SharedLooks}); a request that cannot win is refused there
 *       and then and writes nothing. Where the day had plenty of room when it was last seen ({@link RoomSeen}) the look is left out.
 *   <li>{@link #submit}: what may win stands in the day's line ({@link DayLines}) and is decided under the lock together with
 *       whoever else stands there.
 *   <li>A request that turns out to concern other days (its reservation has moved, or wants to) is decided again in the line of
 *       those.
 * </ol>
 *
 * Everything that waits is counted: past {@code lasttable.queue.max-waiting} for a day or {@code lasttable.queue.max-total} in
 * all, a request is refused as overloaded, so the heap does not grow with the demand.
 */
@ApplicationScoped
public class DayQueue {

    private static final int MOST_HOPS = 5;

    private final DayBook book;
    private final DayLines lines;
    private final SharedLooks looks;
    private final AtomicInteger inside = new AtomicInteger();
    private final int maxTotal;

    DayQueue(DayBook book, BookingConfig config, MeterRegistry registry) {
        this.book = book;
        this.maxTotal = config.queue().maxTotal();
        this.looks = new SharedLooks(book);
        DistributionSummary batches = DistributionSummary.builder("lasttable.day.batch")
                .description("Requests that were decided in one transaction")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.lines =
                new DayLines(book, config.queue().maxWaiting(), config.queue().maxBatch(), batches::record);
        var gauge = registry.gauge("lasttable.day.queue.waiting", lines, DayLines::waiting);
        assert gauge != null;
    }

    /** Refuses from a look at the committed day when the request cannot win, else has it decided under the lock. */
    public Uni<Decision> ask(DayKey key, Request request) {
        return ask(DayKey.only(key), request);
    }

    /** As {@link #ask(DayKey, Request)}, of the days that a move leaves and goes to; both of one venue. */
    public Uni<Decision> ask(SortedSet<DayKey> keys, Request request) {
        return bounded(() -> needsNoLook(keys.first(), request)
                ? decide(keys, request, MOST_HOPS)
                : hint(keys, request)
                        .chain(hint -> hint instanceof Refused || hint instanceof Replayed
                                ? item(hint)
                                : decide(keys, request, MOST_HOPS)));
    }

    private boolean needsNoLook(DayKey day, Request request) {
        return request.command() instanceof Book wanted && book.sawPlentyOfRoom(day, wanted);
    }

    /** Has the request decided under the day's lock. */
    public Uni<Decision> submit(DayKey key, Request request) {
        return bounded(() -> decide(DayKey.only(key), request, MOST_HOPS));
    }

    private Uni<Decision> hint(SortedSet<DayKey> keys, Request request) {
        return request.command() instanceof Book wanted
                ? here(looks.look(keys.first()))
                        .map(look -> look.decide(wanted))
                        .chain(hint -> hint instanceof Refused ? unlessAnswered(request, hint) : item(hint))
                : book.look(keys, List.of(request)).map(loaded -> book.rehearse(loaded, request));
    }

    /** Who asks again for what they were granted gets that answer, and not that the table is theirs no longer. */
    private Uni<Decision> unlessAnswered(Request request, Decision refused) {
        return request.receipt()
                .map(receipt -> book.answeredBefore(receipt).map(before -> before.orElse(refused)))
                .orElseGet(() -> item(refused));
    }

    private static Uni<Decision> item(Decision decision) {
        return Uni.createFrom().item(decision);
    }

    private Uni<Decision> decide(SortedSet<DayKey> keys, Request request, int hops) {
        return lines.submit(keys, request).chain(decision -> {
            if (!(decision instanceof Elsewhere elsewhere)) {
                return Uni.createFrom().item(decision);
            }
            SortedSet<DayKey> other = new TreeSet<>();
            elsewhere.dates().forEach(date -> other.add(new DayKey(keys.first().venueId(), date)));
            return hops == 0
                    ? Uni.createFrom().failure(overloaded("It keeps moving between dates; try again."))
                    : decide(other, request, hops - 1);
        });
    }

    /** Counts what is inside. */
    private <T> Uni<T> bounded(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (inside.incrementAndGet() > maxTotal) {
                int left = inside.decrementAndGet();
                return Uni.createFrom()
                        .failure(overloaded("The service has " + left + " requests waiting; try again."));
            }
            return here(Uni.createFrom().<T>deferred(work).onTermination().invoke(inside::decrementAndGet));
        });
    }

    /** Goes on where the caller is: one look or step answers many requests, each goes on on its own event loop. */
    private static <T> Uni<T> here(Uni<T> answer) {
        Context caller = Vertx.currentContext();
        return caller == null ? answer : answer.emitOn(task -> caller.runOnContext(nothing -> task.run()));
    }

    static Problem overloaded(String detail) {
        return Problem.of(Problem.Type.OVERLOADED, detail);
    }
}
