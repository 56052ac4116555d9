package io.murmuration.scaling.plant;

import java.util.Arrays;

/**
 * Instances that work and instances on their way: those asked for come a fixed number of intervals later, those given up go
 * at once, the ones on their way first, newest before oldest.
 */
public final class Provisioning {
    /** Instances that come, by interval: those of the coming one at {@code next}, in a ring. */
    private int[] arriving;

    private int next;
    private int ready;
    private int pending;

    /**
     * @param delay intervals from asking for an instance until it works, at least 0
     * @param ready instances at the start
     */
    public Provisioning(int delay, int ready) {
        arriving = new int[delay + 1];
        this.ready = ready;
    }

    /** Instances that work. */
    public int ready() {
        return ready;
    }

    /** Instances that are paid for: those that work and those on their way. */
    public int billed() {
        return ready + pending;
    }

    public int delay() {
        return arriving.length - 1;
    }

    /** Goes on by one interval, in which so many instances are asked for in all. */
    public void advance(int desired) {
        int arrived = arriving[next];
        arriving[next] = 0;
        ready += arrived;
        pending -= arrived;
        int missing = desired - ready - pending;
        if (missing > 0 && delay() == 0) {
            ready += missing;
        } else if (missing > 0) {
            arriving[before(next)] = missing;
            pending += missing;
        } else {
            drop(-missing);
        }
        next = next + 1 == arriving.length ? 0 : next + 1;
    }

    private int before(int slot) {
        return slot == 0 ? arriving.length - 1 : slot - 1;
    }

    /** Slots before {@code next} hold the newest orders. */
    private void drop(int surplus) {
        int left = surplus;
        int slot = before(next);
        while (left > 0 && pending > 0) {
            int dropped = Math.min(left, arriving[slot]);
            arriving[slot] -= dropped;
            pending -= dropped;
            left -= dropped;
            slot = before(slot);
        }
        ready -= left;
    }

    /**
     * Makes this agree with what is seen: so many instances work. More than expected came early, oldest orders first; fewer
     * are late, or were lost and are on their way again, and are expected in the coming interval.
     */
    public void reconcile(int seen) {
        int early = Math.min(seen - ready, pending);
        int slot = next;
        for (int left = early; left > 0; slot = slot + 1 == arriving.length ? 0 : slot + 1) {
            int came = Math.min(left, arriving[slot]);
            arriving[slot] -= came;
            pending -= came;
            left -= came;
        }
        if (seen < ready && delay() > 0) {
            arriving[next] += ready - seen;
            pending += ready - seen;
        }
        ready = seen;
    }

    /** Changes the delay; what is on its way comes no later than a new order would. */
    public void setDelay(int delay) {
        if (delay == delay()) {
            return;
        }
        int[] changed = new int[delay + 1];
        for (int ahead = 0; ahead < arriving.length; ahead++) {
            int slot = (next + ahead) % arriving.length;
            changed[Math.min(ahead, Math.max(delay - 1, 0))] += arriving[slot];
        }
        arriving = changed;
        next = 0;
        if (delay == 0) {
            ready += pending;
            pending = 0;
            Arrays.fill(arriving, 0);
        }
    }

    /** Takes on the state of another with the same delay. */
    public void copy(Provisioning other) {
        System.arraycopy(other.arriving, 0, arriving, 0, arriving.length);
        next = other.next;
        ready = other.ready;
        pending = other.pending;
    }
}
