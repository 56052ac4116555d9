package io.murmuration.stream;

import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.MapState;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** A map in memory in the place of Spark's state. */
final class FakeMapState<K extends Comparable<K>, V> implements MapState<K, V> {
    private static final long serialVersionUID = 1L;

    private final transient TreeMap<K, V> map = new TreeMap<>();

    @Override
    public boolean exists() {
        return !map.isEmpty();
    }

    @Override
    public V getValue(K key) {
        return map.get(key);
    }

    @Override
    public boolean containsKey(K key) {
        return map.containsKey(key);
    }

    @Override
    public void updateValue(K key, V value) {
        map.put(key, value);
    }

    @Override
    public Iterator<Tuple2<K, V>> iterator() {
        return CollectionConverters.asScala(map.entrySet().stream()
                .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                .iterator());
    }

    @Override
    public Iterator<K> keys() {
        return CollectionConverters.asScala(List.copyOf(map.keySet()).iterator());
    }

    @Override
    public Iterator<V> values() {
        return CollectionConverters.asScala(List.copyOf(map.values()).iterator());
    }

    @Override
    public void removeKey(K key) {
        map.remove(key);
    }

    @Override
    public void clear() {
        map.clear();
    }
}
