package io.lasttable.booking.day;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a day once for all who ask at the same time. Whoever asks while a read is under way shares the next one, never the
 * running one: what they are told has been read after they asked, so it is as true as if they had read alone.
 */
final class SharedLooks {

    private final DayBook book;
    private final Map<DayKey, List<UniEmitter<? super Day>>> waiting = new HashMap<>();

    SharedLooks(DayBook book) {
        this.book = book;
    }

    Uni<Day> look(DayKey key) {
        return Uni.createFrom().emitter(asker -> ask(key, asker));
    }

    private void ask(DayKey key, UniEmitter<? super Day> asker) {
        boolean first;
        synchronized (this) {
            List<UniEmitter<? super Day>> next = waiting.get(key);
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

    private void read(DayKey key, List<UniEmitter<? super Day>> askers) {
        var reading = book.look(DayKey.only(key), List.of())
                .map(loaded -> loaded.days().get(key.date()))
                .subscribe()
                .with(day -> tell(key, askers, day), failure -> fail(key, askers, failure));
        assert reading != null;
    }

    private void tell(DayKey key, List<UniEmitter<? super Day>> askers, Day day) {
        readNext(key);
        askers.forEach(asker -> asker.complete(day));
    }

    private void fail(DayKey key, List<UniEmitter<? super Day>> askers, Throwable failure) {
        readNext(key);
        askers.forEach(asker -> asker.fail(failure));
    }

    private void readNext(DayKey key) {
        List<UniEmitter<? super Day>> next;
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
