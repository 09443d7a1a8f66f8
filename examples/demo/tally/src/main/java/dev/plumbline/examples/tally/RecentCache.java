package dev.plumbline.examples.tally;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The entries used last, at most {@code capacity} of them. */
public final class RecentCache<K, V> {
    private final Map<K, V> entries;

    public RecentCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 but is " + capacity);
        }
        this.entries = new LinkedHashMap<>(capacity * 2, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    public void put(K key, V value) {
        entries.put(key, value);
    }
}
