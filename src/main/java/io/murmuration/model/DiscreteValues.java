package io.murmuration.model;

import io.murmuration.model.DiscreteModel.Algorithm;
import io.murmuration.model.DiscreteModel.Counts;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.Labels;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.TowardsGoals;
import io.murmuration.model.DiscreteModel.Update;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Checks that the values of a discrete model mean something: probabilities, counts, precisions, labels. */
final class DiscreteValues {
    private static final double TOLERANCE = 1e-6;
    private static final int MAX_ITERATIONS = 10_000;

    private DiscreteValues() {}

    static void check(DiscreteModel model) {
        ModelSizes.check(model);
        checkAll("A", model.A());
        checkAll("B", model.B());
        checkAll("D", model.D());
        checkPreferences(model);
        checkHabits(model);
        checkPrecision("gamma", model.gamma());
        checkPrecision("alpha", model.alpha());
        checkAlgorithm(model.algorithm());
        checkCounts(model.counts(), model);
        if (model.learning() instanceof DirichletLearning learning) {
            checkLearning(learning);
        }
        if (model.inductive() instanceof TowardsGoals goals) {
            checkGoals(goals, model);
        }
        checkLabels(model.labels(), model);
    }

    private static void checkAll(String name, List<Tensor> tensors) {
        for (int i = 0; i < tensors.size(); i++) {
            checkColumns(name + "[" + i + "]", tensors.get(i));
        }
    }

    /** Columns along the first axis are distributions. */
    private static void checkColumns(String name, Tensor tensor) {
        int rows = tensor.length(0);
        int columns = tensor.size() / rows;
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                double value = tensor.get(i * columns + j);
                if (!(value >= 0 && value <= 1 + TOLERANCE)) {
                    throw new InvalidModelException(name + place(tensor, i * columns + j, 0) + " is " + value
                            + ", expected a probability from 0 to 1");
                }
                sum += value;
            }
            if (!(Math.abs(sum - 1) <= TOLERANCE)) {
                throw new InvalidModelException(String.format(
                        Locale.ROOT,
                        "%s: column %s sums to %s, %s too %s",
                        name,
                        tensor.rank() == 1 ? "of all states" : place(tensor, j, 1),
                        round(sum),
                        round(Math.abs(sum - 1)),
                        sum < 1 ? "little" : "much"));
            }
        }
    }

    /** The indices of a value, from an axis on. */
    private static String place(Tensor tensor, int index, int fromAxis) {
        int[] shape = tensor.shape();
        StringBuilder text = new StringBuilder();
        int rest = index;
        for (int axis = shape.length - 1; axis >= fromAxis; axis--) {
            text.insert(0, "[" + rest % shape[axis] + "]");
            rest /= shape[axis];
        }
        return text.toString();
    }

    /** A number as a person writes it. */
    private static String round(double value) {
        return String.format(Locale.ROOT, "%.9f", value).replaceFirst("\\.?0+$", "");
    }

    private static void checkPreferences(DiscreteModel model) {
        if (model.C().size() != model.modalities()) {
            throw new InvalidModelException("C has " + model.C().size() + " entries, expected one for each of the "
                    + model.modalities() + " modalities");
        }
        for (int m = 0; m < model.modalities(); m++) {
            Tensor c = model.C().get(m);
            if (c.rank() != 2 || c.length(1) != model.outcomes(m)) {
                throw new InvalidModelException("C[" + m + "] has "
                        + (c.rank() == 2 ? c.length(1) + " outcomes" : "shape " + Arrays.toString(c.shape()))
                        + ", expected " + model.outcomes(m) + " like A[" + m + "]");
            }
            if (c.length(0) != 1 && c.length(0) != model.policies().length()) {
                throw new InvalidModelException("C[" + m + "] has " + c.length(0)
                        + " planning steps, expected policy_length, which is "
                        + model.policies().length());
            }
        }
    }

    private static void checkHabits(DiscreteModel model) {
        if (model.E().rank() != 1 || model.E().size() != model.policies().count()) {
            throw new InvalidModelException("E has " + model.E().size() + " entries, expected one for each of the "
                    + model.policies().count() + " policies");
        }
        checkColumns("E", model.E());
    }

    private static void checkPrecision(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidModelException(name + " is " + value + ", expected a number that is at least 0");
        }
    }

    private static void checkAlgorithm(Algorithm algorithm) {
        if (algorithm instanceof FixedPoint fixedPoint && fixedPoint.iterations() < 1) {
            throw new InvalidModelException(
                    "inference.iterations is " + fixedPoint.iterations() + ", expected at least 1");
        }
        if (algorithm instanceof FixedPoint fixedPoint && fixedPoint.iterations() > MAX_ITERATIONS) {
            throw new InvalidModelException(
                    "inference.iterations is " + fixedPoint.iterations() + ", expected at most " + MAX_ITERATIONS);
        }
    }

    private static void checkCounts(Counts counts, DiscreteModel model) {
        checkCounts("pA", counts.pA(), "A", model.A());
        checkCounts("pB", counts.pB(), "B", model.B());
        checkCounts("pD", counts.pD(), "D", model.D());
    }

    private static void checkCounts(String name, List<Tensor> counts, String of, List<Tensor> tensors) {
        if (!counts.isEmpty() && counts.size() != tensors.size()) {
            throw new InvalidModelException(
                    name + " has " + counts.size() + " entries, expected " + tensors.size() + " like " + of);
        }
        for (int i = 0; i < counts.size(); i++) {
            Tensor count = counts.get(i);
            DiscreteShapes.checkShape(
                    name + "[" + i + "]", count, tensors.get(i).shape());
            Tensor normalised = count.normalised();
            for (int k = 0; k < count.size(); k++) {
                if (!(count.get(k) >= 0)) {
                    throw new InvalidModelException(name + "[" + i + "]" + place(count, k, 0) + " is " + count.get(k)
                            + ", expected a count that is at least 0");
                }
            }
            for (int k = 0; k < count.size(); k++) {
                if (!(Math.abs(normalised.get(k) - tensors.get(i).get(k)) <= TOLERANCE)) {
                    throw new InvalidModelException(of + "[" + i + "]" + place(count, k, 0) + " is "
                            + tensors.get(i).get(k) + ", but " + name + " normalised gives " + normalised.get(k)
                            + ": make them equal, or leave " + of + " out");
                }
            }
        }
    }

    private static void checkLearning(DirichletLearning learning) {
        checkPrecision("learning.rates.A", learning.rateA());
        checkPrecision("learning.rates.B", learning.rateB());
        checkPrecision("learning.rates.D", learning.rateD());
        if (!(learning.forgetting() > 0 && learning.forgetting() <= 1)) {
            throw new InvalidModelException(
                    "learning.forgetting is " + learning.forgetting() + ", expected more than 0 and at most 1");
        }
        if (learning.scope() == Scope.POPULATION && learning.update() == Update.STEP) {
            throw new InvalidModelException(
                    "learning.scope is \"population\" with update \"step\", expected update \"sequence\"");
        }
    }

    private static void checkGoals(TowardsGoals goals, DiscreteModel model) {
        if (goals.H().size() != model.factors()) {
            throw new InvalidModelException("inductive.H has " + goals.H().size()
                    + " entries, expected one for each of the " + model.factors() + " factors");
        }
        for (int f = 0; f < model.factors(); f++) {
            Tensor goal = goals.H().get(f);
            DiscreteShapes.checkShape("inductive.H[" + f + "]", goal, new int[] {model.states(f)});
            for (int s = 0; s < goal.size(); s++) {
                if (goal.get(s) != 0 && goal.get(s) != 1) {
                    throw new InvalidModelException("inductive.H[" + f + "][" + s + "] is " + goal.get(s)
                            + ", expected 1 where a state is a goal and 0 where it is none");
                }
            }
        }
        if (goals.depth() < 1) {
            throw new InvalidModelException("inductive.depth is " + goals.depth() + ", expected at least 1");
        }
        if (!(goals.threshold() >= 0 && goals.threshold() < 1)) {
            throw new InvalidModelException(
                    "inductive.threshold is " + goals.threshold() + ", expected at least 0 and less than 1");
        }
        if (!(goals.epsilon() > 0 && goals.epsilon() <= 1)) {
            throw new InvalidModelException(
                    "inductive.epsilon is " + goals.epsilon() + ", expected more than 0 and at most 1");
        }
    }

    private static void checkLabels(Labels labels, DiscreteModel model) {
        checkNumber("factors", labels.factors().size(), model.factors(), "factors");
        checkNumber("modalities", labels.modalities().size(), model.modalities(), "modalities");
        for (int f = 0; f < labels.factors().size(); f++) {
            String name = "factors[" + f + "]";
            checkNames(name + ".states", labels.factors().get(f).states(), model.states(f));
            checkNames(name + ".actions", labels.factors().get(f).actions(), model.actions(f));
        }
        for (int m = 0; m < labels.modalities().size(); m++) {
            checkNames(
                    "modalities[" + m + "].outcomes", labels.modalities().get(m).outcomes(), model.outcomes(m));
        }
    }

    private static void checkNames(String name, List<String> names, int expected) {
        checkNumber(name, names.size(), expected, "labels");
        HashSet<String> seen = new HashSet<>();
        for (String label : names) {
            if (!seen.add(label)) {
                throw new InvalidModelException(name + " has the label \"" + label + "\" twice");
            }
        }
    }

    private static void checkNumber(String name, int actual, int expected, String what) {
        if (actual != 0 && actual != expected) {
            throw new InvalidModelException(
                    name + " has " + actual + " entries, but the model has " + expected + " " + what);
        }
    }
}
