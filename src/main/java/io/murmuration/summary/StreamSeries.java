package io.murmuration.summary;

import java.util.ArrayList;
import java.util.List;

/**
 * The micro-batches of a stream in their order. However many there are, few moments are kept: when they become too many, each
 * two that follow each other become one.
 */
public final class StreamSeries {
    private static final int MOST = 512;

    private final List<StreamMoment> moments = new ArrayList<>();
    /** Micro-batches a moment. */
    private long each = 1;
    /** Micro-batches in the last moment. */
    private long inLast;

    public void add(StreamMoment moment) {
        if (inLast < each && inLast > 0) {
            moments.add(moments.remove(moments.size() - 1).and(moment));
            inLast++;
            return;
        }
        if (moments.size() == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                moments.set(i, moments.get(2 * i).and(moments.get(2 * i + 1)));
            }
            moments.subList(MOST / 2, MOST).clear();
            each *= 2;
        }
        moments.add(moment);
        inLast = 1;
    }

    /** What is kept, from the first to the last. */
    public List<StreamMoment> moments() {
        return List.copyOf(moments);
    }

    /** How many micro-batches a moment stands for. */
    public long each() {
        return each;
    }
}
