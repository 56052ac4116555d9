package io.murmuration.scaling.backtest;

import io.murmuration.scaling.plant.PlantStep;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/** What is measured of one policy on one trace, over the steps from a first one on; what each is says {@link Measure}. */
public final class BacktestMeasures {
    private final LoadTrace trace;
    private final int from;
    private final double[] delays;
    private int steps;
    private long violations;
    private long billed;
    private long needed;
    private double missing;
    private double excess;
    private double excessOfSupply;
    private int tooFew;
    private int tooMany;
    private int unlikeMoves;
    private int actions;
    private int reversals;
    private double queue;
    /** Of the step before, 0 before the first that counts. */
    private int lastSupply;

    private int lastDemand;
    private int lastDesired;
    private int lastDirection;

    /**
     * @param from the first step that counts
     * @throws IllegalArgumentException if the trace has no such step
     */
    public BacktestMeasures(LoadTrace trace, int from) {
        if (from < 0 || from >= trace.steps()) {
            throw new IllegalArgumentException(
                    "the first step that counts is " + from + ", expected one of the trace's " + trace.steps());
        }
        this.trace = trace;
        this.from = from;
        delays = new double[trace.steps() - from];
    }

    /** Takes in a step; steps come in order, each once. */
    public void add(PlantStep step) {
        if (step.step() < from) {
            return;
        }
        int demand = trace.needed(step.step());
        int supply = step.ready();
        addProvisioning(supply, demand);
        if (steps > 0) {
            unlikeMoves += Integer.compare(supply, lastSupply) == Integer.compare(demand, lastDemand) ? 0 : 1;
            addAction(Integer.compare(step.desired(), lastDesired));
        }
        delays[steps++] = step.delaySeconds();
        violations += step.violated() ? 1 : 0;
        billed += step.billed();
        needed += demand;
        queue = step.queue();
        lastSupply = supply;
        lastDemand = demand;
        lastDesired = step.desired();
    }

    private void addProvisioning(int supply, int demand) {
        missing += Math.max(demand - supply, 0) / (double) demand;
        excess += Math.max(supply - demand, 0) / (double) demand;
        excessOfSupply += Math.max(supply - demand, 0) / (double) supply;
        tooFew += supply < demand ? 1 : 0;
        tooMany += supply > demand ? 1 : 0;
    }

    private void addAction(int direction) {
        if (direction != 0) {
            actions++;
            reversals += direction == -lastDirection ? 1 : 0;
            lastDirection = direction;
        }
    }

    /** Share of steps whose queue took longer than the target, in percent. */
    public double violationPercent() {
        return 100.0 * violations / steps;
    }

    /** Instances paid for over those that an oracle without delay has. */
    public double relativeCost() {
        return (double) billed / needed;
    }

    /** All measures. */
    public Map<Measure, Double> all() {
        double days = (double) steps / LoadTrace.STEPS_A_DAY;
        double[] counted = Arrays.copyOf(delays, steps);
        Map<Measure, Double> all = new EnumMap<>(Measure.class);
        all.put(Measure.SLO_VIOLATION_PERCENT, violationPercent());
        all.put(Measure.RELATIVE_COST, relativeCost());
        all.put(Measure.UNDER_ACCURACY, 100 * missing / steps);
        all.put(Measure.OVER_ACCURACY, 100 * excess / steps);
        all.put(Measure.OVER_ACCURACY_OF_SUPPLY, 100 * excessOfSupply / steps);
        all.put(Measure.UNDER_TIME_SHARE, 100.0 * tooFew / steps);
        all.put(Measure.OVER_TIME_SHARE, 100.0 * tooMany / steps);
        all.put(Measure.INSTABILITY, 100.0 * unlikeMoves / Math.max(1, steps - 1));
        all.put(Measure.DEVIATION, deviation(all));
        all.put(
                Measure.QUEUE_SECONDS_P99,
                new Percentile().withEstimationType(EstimationType.R_7).evaluate(counted, 99));
        all.put(Measure.QUEUE_SECONDS_MAX, Arrays.stream(counted).max().orElse(0));
        all.put(Measure.FINAL_BACKLOG, queue / trace.capacity());
        all.put(Measure.ACTIONS_A_DAY, actions / days);
        all.put(Measure.REVERSALS_A_DAY, reversals / days);
        return all;
    }

    private static double deviation(Map<Measure, Double> measured) {
        double[] components = {
            measured.get(Measure.UNDER_ACCURACY),
            measured.get(Measure.OVER_ACCURACY),
            measured.get(Measure.UNDER_TIME_SHARE),
            measured.get(Measure.OVER_TIME_SHARE),
            measured.get(Measure.INSTABILITY)
        };
        int order = components.length;
        return StrictMath.pow(
                Arrays.stream(components).map(x -> StrictMath.pow(x, order)).sum(), 1.0 / order);
    }
}
