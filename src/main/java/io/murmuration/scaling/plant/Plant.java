package io.murmuration.scaling.plant;

import io.murmuration.scaling.ScalingContext;

/**
 * A service of equal instances under load, interval by interval: instances take a while to come, go at once, and work that
 * is not done waits.
 */
public final class Plant {
    private final ScalingContext context;
    private final double capacity;
    private final Provisioning instances;
    private final double intervalSeconds;
    private final double delayTarget;

    private int step;
    private double queue;

    /**
     * @param context its bounds and the delay that is a violation when exceeded
     * @param capacity work that an instance does in an interval
     * @param ready instances at the start
     * @param delay intervals from asking for an instance until it works
     */
    public Plant(ScalingContext context, double capacity, int ready, int delay) {
        this.context = context;
        this.capacity = capacity;
        instances = new Provisioning(delay, context.clip(ready));
        intervalSeconds = context.interval().toMillis() / 1000.0;
        delayTarget = context.delayTarget().toMillis() / 1000.0;
    }

    /** Instances that work. */
    public int ready() {
        return instances.ready();
    }

    /** Changes the intervals from asking for an instance until it works; those on their way come no later than that. */
    public void setDelay(int delay) {
        instances.setDelay(delay);
    }

    /** Goes one interval on with so much work arriving and so many instances wished for. */
    public PlantStep step(double load, int wish) {
        int desired = context.clip(wish);
        instances.advance(desired);
        double could = instances.ready() * capacity;
        double work = queue + load;
        double served = Math.min(work, could);
        queue = work - served;
        double delay = queue / could * intervalSeconds;
        return new PlantStep(
                step++,
                load,
                desired,
                instances.ready(),
                instances.billed(),
                served / could,
                queue,
                delay,
                delay > delayTarget);
    }
}
