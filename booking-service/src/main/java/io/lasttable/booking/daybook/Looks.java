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

        Decision decide(Command.Book wanted, DayBook book) {
            Decision known = refused.get(wanted.wish());
            if (known != null) {
                return known;
            }
            Decision decision = book.rehearse(day, wanted);
            if (decision instanceof Refusal.Taken && refused.size() < MOST_REMEMBERED) {
                refused.put(wanted.wish(), decision);
            }
            return decision;
        }
    }

    private final DayBook book;
    private final Map<DayKey, List<Asker>> waiting = new HashMap<>();

    /** @param since when it came, as {@link System#nanoTime} */
    private record Asker(UniEmitter<? super Look> answer, long since) {}

    Looks(DayBook book) {
        this.book = book;
    }

    /** What can be answered without the lock: refusals, what is so already, and what was answered before. Empty for who may win. */
    Uni<Optional<Decision>> answer(SortedSet<DayKey> keys, Asked asked) {
        Uni<Decision> decided = asked.command() instanceof Command.Book wanted
                ? look(keys.first())
                        .map(look -> look.decide(wanted, book))
                        .chain(decision ->
                                decision instanceof Refusal ? unlessAnswered(asked, decision) : item(decision))
                : book.look(new Group(keys, List.of(asked))).map(loaded -> book.rehearse(loaded, asked));
        return decided.map(decision -> Optional.of(decision)
                .filter(seen -> seen instanceof Refusal
                        || seen instanceof Decision.Replayed
                        || seen instanceof Decision.Unchanged));
    }

    /** Whether the day is being read at present. */
    synchronized boolean areUnderWay(DayKey key) {
        return waiting.containsKey(key);
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
        return DayQueue.here(Uni.createFrom().emitter(answer -> ask(key, new Asker(answer, System.nanoTime()))));
    }

    private void ask(DayKey key, Asker asker) {
        boolean first;
        synchronized (this) {
            List<Asker> next = waiting.get(key);
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

    private void read(DayKey key, List<Asker> askers) {
        var reading = book.look(new Group(DayKey.only(key), List.of()))
                .map(loaded -> new Look(loaded.days().get(key.date())))
                .subscribe()
                .with(look -> tell(key, askers, look), failure -> fail(key, askers, failure));
        assert reading != null;
    }

    private void tell(DayKey key, List<Asker> askers, Look look) {
        readNext(key);
        askers.forEach(asker -> asker.answer().complete(look));
    }

    private void fail(DayKey key, List<Asker> askers, Throwable failure) {
        readNext(key);
        askers.forEach(asker -> asker.answer().fail(failure));
    }

    private void readNext(DayKey key) {
        List<Asker> next;
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

    /** Whoever came before an instant and still waits for a look to begin is sent away. */
    void giveUpOnTheLate(long before) {
        List<Asker> late = new ArrayList<>();
        synchronized (this) {
            waiting.values().forEach(askers -> {
                int count = 0;
                while (count < askers.size() && askers.get(count).since() - before < 0) {
                    count++;
                }
                List<Asker> first = askers.subList(0, count);
                late.addAll(first);
                first.clear();
            });
        }
        late.forEach(
                asker -> asker.answer().fail(DayQueue.overloaded("The day cannot be read at present; try again.")));
    }
}
