package io.murmuration.model;

import io.murmuration.model.DiscreteModel.Exact;
import java.util.Locale;
import java.util.stream.IntStream;

/** Refuses models that are too large to run, before anything of their size is allocated. */
final class ModelSizes {
    /** Numbers in a row of results: 8 MB of an agent and step. */
    private static final int MAX_ROW = 1 << 20;
    /** Combinations of states that an exact filter can be asked to go through twice, each with each. */
    private static final int MAX_JOINT_STATES = 1 << 16;
    /** States or observed values of a linear-Gaussian model: what a row of results has room for as a covariance. */
    static final int MAX_DIMENSION = 1000;

    private ModelSizes() {}

    static void check(DiscreteModel model) {
        double joint =
                IntStream.range(0, model.factors()).mapToDouble(model::states).reduce(1, (x, y) -> x * y);
        boolean exact = model.algorithm() instanceof Exact && model.factors() > 1;
        if (exact && joint > MAX_JOINT_STATES) {
            throw new InvalidModelException(String.format(
                    Locale.ROOT,
                    "inference.algorithm is \"exact\", but the factors have %.4g combinations of states, expected at"
                            + " most %d (\"fpi\" takes each factor for itself)",
                    joint,
                    MAX_JOINT_STATES));
        }
        int states = IntStream.range(0, model.factors()).map(model::states).sum();
        double row = 2.0 * model.policies().count() + states + (exact ? joint : 0);
        if (row > MAX_ROW) {
            throw new InvalidModelException(String.format(
                    Locale.ROOT,
                    "The model has %d policies and %d states, which make %.0f numbers in a row of results, expected at"
                            + " most %d",
                    model.policies().count(),
                    states,
                    row,
                    MAX_ROW));
        }
    }

    /** One of the sizes of a linear-Gaussian model. */
    static void checkDimension(String name, int size, String what) {
        if (size > MAX_DIMENSION) {
            throw new InvalidModelException(name + " has " + size + " " + what + ", expected at most " + MAX_DIMENSION);
        }
    }
}
