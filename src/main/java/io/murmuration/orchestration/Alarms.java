package io.murmuration.orchestration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is due when: one instant a key. */
final class Alarms<K extends Comparable<K>> {
    private record Alarm<K>(Instant at, K key) {}

    private final TreeSet<Alarm<K>> order =
            new TreeSet<>(Comparator.comparing((Alarm<K> alarm) -> alarm.at()).thenComparing(Alarm::key));
    private final Map<K, Instant> times = new HashMap<>();

    /** In place of the instant that the key had, if any. */
    void set(K key, Instant at) {
        clear(key);
        times.put(key, at);
        order.add(new Alarm<>(at, key));
    }

    void clear(K key) {
        Instant at = times.remove(key);
        if (at != null) {
            order.remove(new Alarm<>(at, key));
        }
    }

    Optional<Instant> at(K key) {
        return Optional.ofNullable(times.get(key));
    }

    /** The next one. */
    Optional<Instant> first() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().at());
    }

    /** Takes out all that are due, the earliest first. */
    List<K> due(Instant now) {
        List<K> keys = new ArrayList<>();
        while (!order.isEmpty() && !order.first().at().isAfter(now)) {
            Alarm<K> alarm = order.pollFirst();
            times.remove(alarm.key());
            keys.add(alarm.key());
        }
        return keys;
    }
}
