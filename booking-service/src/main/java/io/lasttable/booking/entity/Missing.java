package io.lasttable.booking.entity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Remembers for a moment what there is not: who knows the name of something that has ended goes on asking, from everywhere, and guesses
 * are many; they are answered from memory. What is made meanwhile on another replica is found so much later at most.
 */
public final class Missing<K> {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final Cache<K, Boolean> names =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    public boolean has(K name) {
        return names.getIfPresent(name) != null;
    }

    public void add(K name) {
        names.put(name, true);
    }

    public void remove(K name) {
        names.invalidate(name);
    }
}
