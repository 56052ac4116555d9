package io.murmuration.scaling.backtest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A service of equal instances under load, in steps of 15 s: instances take a while to come, go at once, and work that is
 * not done waits.
 */
public final class Plant {
    static final int MIN_INSTANCES = 1;
    static final int MAX_INSTANCES = LoadTrace.MAX_INSTANCES;
    /** How long the queue may take; more is a violation. */
    static final Duration DELAY_TARGET = Duration.ofSeconds(30);

    private final double capacity;
    private final int delaySteps;
    /** Orders that are on their way, oldest first. */
    private final Deque<Order> orders = new ArrayDeque<>();

    private int step;
    private int ready;
    private int pending;
    private double queue;

    private record Order(int step, int instances) {}

    /**
     * @param capacity work that an instance does in a step
     * @param ready instances at the start
     * @param provisioningDelay from asking for an instance until it works, rounded up to whole steps
     */
    public Plant(double capacity, int ready, Duration provisioningDelay) {
        this.capacity = capacity;
        this.ready = clip(ready);
        delaySteps = steps(provisioningDelay);
    }

    /** A duration in steps, rounded up. */
    static int steps(Duration duration) {
        return Backtest.CONTEXT.intervals(duration);
    }

    static int clip(int instances) {
        return Math.max(MIN_INSTANCES, Math.min(MAX_INSTANCES, instances));
    }

    /** Instances that work. */
    public int ready() {
        return ready;
    }

    /** Goes one step on with so much work arriving and so many instances wished for. */
    public PlantStep step(double load, int wish) {
        int desired = clip(wish);
        while (!orders.isEmpty() && step - orders.getFirst().step() >= delaySteps) {
            int arrived = orders.removeFirst().instances();
            pending -= arrived;
            ready += arrived;
        }
        int surplus = ready + pending - desired;
        if (surplus < 0 && delaySteps == 0) {
            ready -= surplus;
        } else if (surplus < 0) {
            orders.addLast(new Order(step, -surplus));
            pending -= surplus;
        } else {
            drop(surplus);
        }
        double work = queue + load;
        double served = Math.min(work, ready * capacity);
        queue = work - served;
        double delay = queue / (ready * capacity) * LoadTrace.STEP.toSeconds();
        return new PlantStep(
                step++,
                load,
                desired,
                ready,
                ready + pending,
                served / (ready * capacity),
                queue,
                delay,
                delay > DELAY_TARGET.toSeconds());
    }

    private void drop(int surplus) {
        int left = surplus;
        while (left > 0 && !orders.isEmpty()) {
            Order newest = orders.removeLast();
            int dropped = Math.min(left, newest.instances());
            left -= dropped;
            pending -= dropped;
            if (dropped < newest.instances()) {
                orders.addLast(new Order(newest.step(), newest.instances() - dropped));
            }
        }
        ready -= left;
    }
}
