package io.lasttable.notify.snapshot;

import io.lasttable.notify.NotifyConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Asks a service for first states. However many clients want the same at the same time, it is asked for once; a bounded
 * number of questions is open, more wait in line; and what could not be had is asked for again, after a pause that doubles,
 * for as long as somebody wants it. Any thread.
 */
final class Asking<K, T> {

    private static final Logger LOG = Logger.getLogger(Asking.class);

    /** So that what failed together does not come again together. */
    private static final double JITTER = 0.2;

    private record Turn<K, T>(K key, UniEmitter<? super Answer<T>> asker) {}

    /** Nobody wants it any more; never seen by anybody. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwanted() {
            super(null, null, false, false);
        }
    }

    private final NotifyConfig.Snapshot settings;
    private final Function<K, Uni<Answer<T>>> question;
    private final Predicate<K> wanted;
    private final BiConsumer<K, Answer<T>> listener;
    /** What is in line, being asked for, or waiting for its next try. */
    private final Set<K> asked = ConcurrentHashMap.newKeySet();

    private final Subscriber<Turn<K, T>> line;
    private volatile boolean complained;

    /** @param question fails when the service is down, slow or broken */
    Asking(
            NotifyConfig.Snapshot settings,
            Function<K, Uni<Answer<T>>> question,
            Predicate<K> wanted,
            BiConsumer<K, Answer<T>> listener) {
        this.settings = settings;
        this.question = question;
        this.wanted = wanted;
        this.listener = listener;
        var turns = UnicastProcessor.<Turn<K, T>>create().serialized();
        this.line = turns;
        serve(Multi.createFrom().publisher(turns));
    }

    private void serve(Multi<Turn<K, T>> turns) {
        var unused = turns.onItem()
                .transformToUni(this::take)
                .merge(settings.concurrency())
                .subscribe()
                .with(taken -> {}, broken -> LOG.error("First states are not asked for any more", broken));
    }

    void ask(K key) {
        if (asked.add(key)) {
            var unused = Uni.createFrom()
                    .<Answer<T>>emitter(asker -> line.onNext(new Turn<>(key, asker)))
                    .onFailure()
                    .invoke(why -> unavailable(key, why))
                    .onFailure(why -> wanted.test(key))
                    .retry()
                    .withBackOff(settings.firstPause(), settings.maxPause())
                    .withJitter(JITTER)
                    .indefinitely()
                    .subscribe()
                    .with(answer -> answered(key, answer), given -> forget(key));
        }
    }

    private Uni<Void> take(Turn<K, T> turn) {
        Uni<Answer<T>> answer = wanted.test(turn.key())
                ? question.apply(turn.key())
                        .ifNoItem()
                        .after(settings.timeout())
                        .fail()
                : Uni.createFrom().failure(new Unwanted());
        return answer.onItemOrFailure()
                .invoke((had, failure) -> {
                    if (failure == null) {
                        turn.asker().complete(had);
                    } else {
                        turn.asker().fail(failure);
                    }
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void answered(K key, Answer<T> answer) {
        complained = false;
        asked.remove(key);
        listener.accept(key, answer);
    }

    /** Whoever has begun to want it since was turned away by {@link #ask}. */
    private void forget(K key) {
        asked.remove(key);
        if (wanted.test(key)) {
            ask(key);
        }
    }

    /** One line for each outage, not for each question. */
    private void unavailable(K key, Throwable why) {
        if (why instanceof Unwanted) {
            return;
        }
        if (!complained) {
            complained = true;
            LOG.warnf("No answer for %s, and for others that are asked for until one is answered: %s", key, cause(why));
        }
        listener.accept(key, new Answer.Unavailable<>());
    }

    private static Throwable cause(Throwable why) {
        return why.getCause() == null ? why : why.getCause();
    }
}
