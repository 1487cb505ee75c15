package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.Wish;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at committed days before their locks are asked for, so that who cannot win writes nothing and waits for nobody.
 *
 * <p>A day is read once for all who want to book at the same time. Whoever asks while a read is under way shares the next one,
 * never the running one: what they are told has been read after they asked, so it is as true as if they had read alone.
 */
final class Looks {

    /** A day as it was read; those who want the same of it and cannot have it are refused alike. */
    private static final class Look {

        private static final int MOST_REMEMBERED = 1_000;

        private final Day day;
        private final Map<Wish, Decision> refused = new ConcurrentHashMap<>();

        Look(Day day) {
            this.day = day;
        }

        Decision decide(Command.Book wanted) {
            Decision known = refused.get(wanted.wish());
            if (known != null) {
                return known;
            }
            Decision decision = day.decide(wanted, DayBook.now());
            if (decision instanceof Refusal.Taken && refused.size() < MOST_REMEMBERED) {
                refused.put(wanted.wish(), decision);
            }
            return decision;
        }
    }

    private final DayBook book;
    private final Map<DayKey, List<UniEmitter<? super Look>>> waiting = new HashMap<>();

    Looks(DayBook book) {
        this.book = book;
    }

    /** What can be answered without the lock: refusals, and what was answered before. Empty for who may win. */
    Uni<Optional<Decision>> answer(SortedSet<DayKey> keys, Asked asked) {
        Uni<Decision> decided = asked.command() instanceof Command.Book wanted
                ? look(keys.first())
                        .map(look -> look.decide(wanted))
                        .chain(decision ->
                                decision instanceof Refusal ? unlessAnswered(asked, decision) : item(decision))
                : book.look(keys, List.of(asked)).map(loaded -> book.rehearse(loaded, asked));
        return decided.map(decision ->
                Optional.of(decision).filter(seen -> seen instanceof Refusal || seen instanceof Decision.Replayed));
    }

    /** Who asks again for what they were granted gets that answer, and not that the table is theirs no longer. */
    private Uni<Decision> unlessAnswered(Asked asked, Decision refused) {
        return asked.receipt()
                .map(receipt -> book.answeredBefore(receipt).map(before -> before.orElse(refused)))
                .orElseGet(() -> item(refused));
    }

    private static Uni<Decision> item(Decision decision) {
        return Uni.createFrom().item(decision);
    }

    private Uni<Look> look(DayKey key) {
        return DayQueue.here(Uni.createFrom().emitter(asker -> ask(key, asker)));
    }

    private void ask(DayKey key, UniEmitter<? super Look> asker) {
        boolean first;
        synchronized (this) {
            List<UniEmitter<? super Look>> next = waiting.get(key);
            first = next == null;
            if (first) {
                waiting.put(key, new ArrayList<>());
            } else {
                next.add(asker);
            }
        }
        if (first) {
            read(key, List.of(asker));
        }
    }

    private void read(DayKey key, List<UniEmitter<? super Look>> askers) {
        var reading = book.look(DayKey.only(key), List.of())
                .map(loaded -> new Look(loaded.days().get(key.date())))
                .subscribe()
                .with(look -> tell(key, askers, look), failure -> fail(key, askers, failure));
        assert reading != null;
    }

    private void tell(DayKey key, List<UniEmitter<? super Look>> askers, Look look) {
        readNext(key);
        askers.forEach(asker -> asker.complete(look));
    }

    private void fail(DayKey key, List<UniEmitter<? super Look>> askers, Throwable failure) {
        readNext(key);
        askers.forEach(asker -> asker.fail(failure));
    }

    private void readNext(DayKey key) {
        List<UniEmitter<? super Look>> next;
        synchronized (this) {
            next = waiting.get(key);
            if (next.isEmpty()) {
                waiting.remove(key, next);
                return;
            }
            waiting.put(key, new ArrayList<>());
        }
        read(key, next);
    }
}
