package io.murmuration.summary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The first few of many elements in their natural order, whatever the order in which they come.
 *
 * @param <E> consistent with equals
 */
final class Top<E extends Comparable<E> & Serializable> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 20;

    private final TreeSet<E> elements = new TreeSet<>();

    boolean full() {
        return elements.size() == KEPT;
    }

    /** The one that the next better one replaces, where it is full. */
    E last() {
        return elements.last();
    }

    void add(E element) {
        if (!full() || element.compareTo(elements.last()) < 0) {
            elements.add(element);
            if (elements.size() > KEPT) {
                elements.pollLast();
            }
        }
    }

    void merge(Top<E> other) {
        other.elements.forEach(this::add);
    }

    List<E> list() {
        return new ArrayList<>(elements);
    }
}
