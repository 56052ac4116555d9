package io.murmuration.orchestration.consensus;

import java.util.Arrays;
import java.util.List;

/**
 * A belief about which of a number of states it is.
 *
 * @param probabilities one a state, at least 0, with sum 1 but for rounding, which is taken out
 */
public record Distribution(List<Double> probabilities) implements Belief<Distribution> {
    private static final double SUM_TOLERANCE = 1e-6;

    /** @throws IllegalArgumentException if there is no state, a probability is negative or NaN, or their sum is not 1 within 1e-6 */
    public Distribution {
        if (probabilities.isEmpty()) {
            throw new IllegalArgumentException("A distribution has no state, expected at least one");
        }
        double sum = 0;
        for (double p : probabilities) {
            if (!(p >= 0)) {
                throw new IllegalArgumentException(
                        "A distribution has a probability of " + p + ", expected none below 0: " + probabilities);
            }
            sum += p;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The probabilities of a distribution add up to " + sum + ", expected 1: " + probabilities);
        }
        double total = sum;
        probabilities = probabilities.stream().map(p -> p / total).toList();
    }

    /** @param probabilities one a state */
    public static Distribution of(double... probabilities) {
        return new Distribution(Arrays.stream(probabilities).boxed().toList());
    }

    /** In proportion to numbers, of which at least one is above 0. */
    static Distribution normalised(double[] numbers) {
        double sum = Arrays.stream(numbers).reduce(0, Double::sum);
        return of(Arrays.stream(numbers).map(number -> number / sum).toArray());
    }

    /** @param state from 0 */
    public double probability(int state) {
        return probabilities.get(state);
    }

    @Override
    public int size() {
        return probabilities.size();
    }

    @Override
    public double divergence(Distribution other) {
        double sum = 0;
        for (int s = 0; s < size(); s++) {
            double p = probability(s);
            if (p > 0) {
                sum += p * (StrictMath.log(p) - StrictMath.log(other.probability(s)));
            }
        }
        // Of equal beliefs rounding may leave a number below 0.
        return Math.max(0, sum);
    }
}
