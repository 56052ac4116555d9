package io.murmuration.orchestration.assignment;

/**
 * What a task may choose from in one bid: an offer an agent, with what the task would gain by it (weight less price), the best
 * first, and of equal ones any, though always the same. Most bids take one offer, so that offers become a heap only once a second
 * is taken.
 */
final class Offers {
    /** What is gained where there is no offer. */
    static final long NOTHING = Long.MIN_VALUE;

    private final int[] agents;
    private final long[] weights;
    private final long[] gains;
    private int size;
    private int best;
    private boolean heap;

    Offers(int most) {
        agents = new int[most];
        weights = new long[most];
        gains = new long[most];
    }

    void clear() {
        size = 0;
        best = 0;
        heap = false;
    }

    void add(int agent, long weight, long gain) {
        agents[size] = agent;
        weights[size] = weight;
        gains[size] = gain;
        if (gain > gains[best]) {
            best = size;
        }
        size++;
    }

    int agent() {
        return agents[best];
    }

    long weight() {
        return weights[best];
    }

    long gain() {
        return gains[best];
    }

    /** What the second best offer gains, or {@link #NOTHING}. */
    long secondGain() {
        long second = NOTHING;
        int end = heap ? Math.min(size, 3) : size;
        for (int i = 0; i < end; i++) {
            if (i != best) {
                second = Math.max(second, gains[i]);
            }
        }
        return second;
    }

    /** From now on the best offer gains this, or is gone if it is {@link #NOTHING}; another may be the best then. */
    void replaceBest(long gain) {
        if (gain == NOTHING) {
            swap(best, --size);
        } else {
            gains[best] = gain;
        }
        if (heap) {
            sink(0);
        } else {
            for (int i = size / 2 - 1; i >= 0; i--) {
                sink(i);
            }
            heap = true;
            best = 0;
        }
    }

    private void sink(int from) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && gains[child + 1] > gains[child]) {
                child++;
            }
            if (gains[child] <= gains[at]) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int i, int j) {
        int agent = agents[i];
        agents[i] = agents[j];
        agents[j] = agent;
        long weight = weights[i];
        weights[i] = weights[j];
        weights[j] = weight;
        long gain = gains[i];
        gains[i] = gains[j];
        gains[j] = gain;
    }
}
