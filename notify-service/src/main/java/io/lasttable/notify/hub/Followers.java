package io.lasttable.notify.hub;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which shards follow what. Any thread; a set that has been handed out does not change. */
final class Followers<K> {

    private final ConcurrentHashMap<K, Set<Shard>> shards = new ConcurrentHashMap<>();

    void add(K key, Shard shard) {
        shards.merge(key, Set.of(shard), (before, added) -> {
            Set<Shard> after = new HashSet<>(before);
            after.addAll(added);
            return Set.copyOf(after);
        });
    }

    void remove(K key, Shard shard) {
        shards.computeIfPresent(key, (same, before) -> {
            Set<Shard> after = new HashSet<>(before);
            after.remove(shard);
            return after.isEmpty() ? null : Set.copyOf(after);
        });
    }

    Set<Shard> of(K key) {
        return shards.getOrDefault(key, Set.of());
    }

    /** Does it on the event loop of each shard that follows the key. */
    void tell(K key, Consumer<Shard> news) {
        of(key).forEach(shard -> shard.execute(() -> news.accept(shard)));
    }

    boolean has(K key) {
        return shards.containsKey(key);
    }

    int size() {
        return shards.size();
    }
}
