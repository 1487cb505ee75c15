package io.lasttable.notify.feed;

import io.lasttable.notify.NotifyConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
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

    private final Vertx vertx;
    private final NotifyConfig.Snapshot settings;
    private final Function<K, Future<Answer<T>>> question;
    private final Predicate<K> wanted;
    private final BiConsumer<K, Answer<T>> listener;
    /** Every key that is in line, being asked for, or waiting for its next try; with the pause before that. */
    private final Map<K, Duration> pauses = new HashMap<>();

    private final Queue<K> line = new ArrayDeque<>();
    private int open;
    private volatile boolean complained;

    Asking(
            Vertx vertx,
            NotifyConfig.Snapshot settings,
            Function<K, Future<Answer<T>>> question,
            Predicate<K> wanted,
            BiConsumer<K, Answer<T>> listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.question = question;
        this.wanted = wanted;
        this.listener = listener;
    }

    void ask(K key) {
        synchronized (this) {
            if (pauses.putIfAbsent(key, settings.firstPause()) != null) {
                return;
            }
            line.add(key);
        }
        askNext();
    }

    private void askNext() {
        for (K key = take(); key != null; key = take()) {
            K asked = key;
            question.apply(asked)
                    .otherwise(failure -> new Answer.Unavailable<>(String.valueOf(failure.getMessage())))
                    .onSuccess(answer -> answered(asked, answer));
        }
    }

    private synchronized K take() {
        while (open < settings.concurrency() && !line.isEmpty()) {
            K key = line.poll();
            if (wanted.test(key)) {
                open++;
                return key;
            }
            pauses.remove(key);
        }
        return null;
    }

    private void answered(K key, Answer<T> answer) {
        boolean unavailable = answer instanceof Answer.Unavailable;
        Duration pause;
        synchronized (this) {
            open--;
            pause = pauses.remove(key);
            if (unavailable) {
                Duration doubled = pause.multipliedBy(2);
                pauses.put(key, doubled.compareTo(settings.maxPause()) > 0 ? settings.maxPause() : doubled);
            }
        }
        if (unavailable) {
            complain(key, ((Answer.Unavailable<T>) answer).why());
            long timer = vertx.setTimer(Math.max(1, pause.toMillis()), due -> again(key));
            LOG.tracef("Asked again by timer %d", timer);
        }
        complained = complained && unavailable;
        listener.accept(key, answer);
        askNext();
    }

    /** One line for each outage, not for each question. */
    private void complain(K key, String why) {
        if (!complained) {
            complained = true;
            LOG.warnf("No answer for %s, and for others that are asked for until one is answered: %s", key, why);
        }
    }

    private void again(K key) {
        synchronized (this) {
            line.add(key);
        }
        askNext();
    }
}
