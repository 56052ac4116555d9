package io.murmuration.orchestration.matching;

/** Tasks that wait, first come, first served; each is in at most one queue, once. */
final class TaskQueue {
    private final int[] tasks;
    private int first;
    private int size;

    /** @param most tasks that there are */
    TaskQueue(int most) {
        tasks = new int[most];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int task) {
        tasks[(first + size++) % tasks.length] = task;
    }

    int remove() {
        int task = tasks[first];
        first = (first + 1) % tasks.length;
        size--;
        return task;
    }

    int[] toArray() {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = tasks[(first + i) % tasks.length];
        }
        return all;
    }

    void moveTo(TaskQueue other) {
        while (!isEmpty()) {
            other.add(remove());
        }
    }
}
