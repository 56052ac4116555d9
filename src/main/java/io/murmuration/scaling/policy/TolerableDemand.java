package io.murmuration.scaling.policy;

import java.util.Arrays;

/**
 * The least constant capacity under which a load that begins with an empty queue never makes it take longer than is
 * tolerable: over every beginning of j steps, Σ load ≤ capacity · (j + tolerance), so that a short burst asks for less than
 * its height.
 */
final class TolerableDemand {
    private final double tolerance;
    /** The last loads, by their step modulo the horizon. */
    private final double[] loads;

    private int step;

    /**
     * @param horizon steps that it is worked out over, at least 1
     * @param tolerance steps that the queue may take, at least 0
     */
    TolerableDemand(int horizon, double tolerance) {
        this.tolerance = tolerance;
        loads = new double[horizon];
        Arrays.fill(loads, Double.NaN);
    }

    /** Takes in the load of a step; NaN where it is not known. */
    void add(double load) {
        loads[step] = load;
        step = (step + 1) % loads.length;
    }

    /** That of the last {@code horizon} steps, in units of the load; NaN where not all of them are known. */
    double value() {
        double sum = 0;
        double demand = 0;
        for (int j = 1; j <= loads.length; j++) {
            sum += loads[(step + j - 1) % loads.length];
            demand = Math.max(demand, sum / (j + tolerance));
        }
        return demand;
    }
}
