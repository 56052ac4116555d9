package io.murmuration.scaling.backtest;

/** What is measured of one policy on one trace, over the steps from a first one on. */
public final class BacktestMeasures {
    private final LoadTrace trace;
    private final int from;
    private long steps;
    private long violations;
    private long billed;
    private long needed;

    /** @param from the first step that counts */
    public BacktestMeasures(LoadTrace trace, int from) {
        this.trace = trace;
        this.from = from;
    }

    public void add(PlantStep step) {
        if (step.step() < from) {
            return;
        }
        steps++;
        violations += step.violated() ? 1 : 0;
        billed += step.billed();
        needed += trace.needed(step.step());
    }

    /** Share of steps whose queue took longer than the target, in percent. */
    public double violationPercent() {
        return 100.0 * violations / steps;
    }

    /** Instances paid for over those that an oracle without delay has. */
    public double relativeCost() {
        return (double) billed / needed;
    }
}
