package io.murmuration.summary;

import java.util.ArrayList;
import java.util.List;

/**
 * Where tasks stood, from moment to moment. However many there are, few are kept: when they become too many, of each two that
 * follow each other the one with more tasks open remains. The last one is always there. Not for
 * several threads at once.
 */
public final class TaskSeries {
    private static final int MOST = 512;

    private final List<TaskMoment> moments = new ArrayList<>();
    /** Moments that one stands for. */
    private long each = 1;
    /** Moments that the last one stands for. */
    private long inLast;

    private TaskMoment latest;

    /**
     * Adds a moment.
     *
     * @throws IllegalArgumentException if it is before the last one
     */
    public void add(TaskMoment moment) {
        if (latest != null && moment.at().isBefore(latest.at())) {
            throw new IllegalArgumentException("A moment of tasks is at " + moment.at() + ", before the last one at "
                    + latest.at() + ": expected them in order");
        }
        latest = moment;
        if (inLast < each && inLast > 0) {
            moments.add(moments.remove(moments.size() - 1).orBusier(moment));
            inLast++;
            return;
        }
        if (moments.size() == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                moments.set(i, moments.get(2 * i).orBusier(moments.get(2 * i + 1)));
            }
            moments.subList(MOST / 2, MOST).clear();
            each *= 2;
        }
        moments.add(moment);
        inLast = 1;
    }

    /** What is kept, from the first to the last. */
    public List<TaskMoment> moments() {
        List<TaskMoment> all = new ArrayList<>(moments);
        if (!all.isEmpty() && all.get(all.size() - 1) != latest) {
            all.add(latest);
        }
        return List.copyOf(all);
    }
}
