package io.murmuration.inference;

import io.murmuration.inference.KernelCost.Stage;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.SamplingMode;
import io.murmuration.model.DiscreteModel.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts what a discrete model costs, as the engine goes through its tables: weights of zero are passed over, and common
 * beginnings of policies are computed once.
 */
final class DiscreteCost {
    private final DiscreteModel model;
    private final DiscreteTables tables;
    private final PlanningCost planning;

    private DiscreteCost(DiscreteModel model) {
        this.model = model;
        tables = DiscreteTables.compile(model);
        planning = new PlanningCost(tables);
    }

    static KernelCost of(DiscreteModel model) {
        InferenceKernel kernel = InferenceKernel.compile(model);
        DiscreteCost cost = new DiscreteCost(model);
        DirichletLearning learning = model.learning() instanceof DirichletLearning dirichlet ? dirichlet : null;
        boolean everyStep = learning != null && learning.update() == Update.STEP;
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("perception", cost.perception()));
        stages.add(new Stage("prediction", cost.prediction()));
        stages.add(new Stage("planning", cost.planning.ofAllPolicies()));
        stages.add(new Stage("posterior", cost.posterior()));
        stages.add(new Stage("choice", cost.choice()));
        stages.add(new Stage("entropy", entropy(cost.tables.totalStates())));
        if (learning != null) {
            Operations update = everyStep ? cost.recompilation(learning).plus(cost.prediction()) : Operations.NONE;
            stages.add(new Stage("learning", cost.evidence(learning).plus(update)));
        }
        return new KernelCost(
                KernelCost.resultBytes(kernel),
                KernelCost.stateBytes(kernel),
                tableBytes(cost.tables),
                everyStep,
                List.copyOf(stages));
    }

    private static Operations entropy(long values) {
        return new Operations(values, values, 0);
    }

    private Operations perception() {
        if (tables.states().length == 1) {
            return bayes(tables.states()[0]);
        }
        if (model.algorithm() instanceof Exact) {
            long joint = tables.jointStates();
            long factors = tables.states().length;
            return bayes(joint).plus(Operations.multiplyAdds(joint * joint * (factors + 1) + joint * factors));
        }
        return fixedPoint();
    }

    /** Multiply, sum and divide for each modality, whose free energy is the logarithm of the sum; and the evidence so far. */
    private Operations bayes(long states) {
        return new Operations(3 * states + 1, 1, 0).times(tables.likelihoods().size());
    }

    private Operations fixedPoint() {
        long states = tables.totalStates();
        long coupled = 0;
        long once = 0;
        for (LikelihoodTable table : tables.likelihoods()) {
            long columns = table.axes().columns();
            long dependencies = table.axes().dependencies();
            // The expected probability of the outcome, and its part of the free energy.
            once += 2 * columns * (dependencies + 1);
            if (dependencies == 1) {
                once += columns;
            } else {
                coupled += columns * dependencies * dependencies;
            }
        }
        boolean iterates = tables.likelihoods().stream().anyMatch(t -> t.axes().dependencies() != 1);
        long iterations = iterates ? ((FixedPoint) model.algorithm()).iterations() : 1;
        Operations iteration = Operations.multiplyAdds(coupled).plus(softmax(states));
        Operations freeEnergy = new Operations(2 * states, 2 * states, 0);
        return Operations.multiplyAdds(once).plus(iteration.times(iterations)).plus(freeEnergy);
    }

    /** Subtract the greatest, exponentiate, sum, divide. */
    private static Operations softmax(long rows) {
        return new Operations(3 * rows, 0, rows);
    }

    private Operations prediction() {
        Operations sum = Operations.NONE;
        for (TransitionTable table : tables.transitions()) {
            sum = sum.plus(Operations.multiplyAdds(
                    PlanningCost.joint(table.axes()) + PlanningCost.nonZero(table.probabilities())));
        }
        return sum;
    }

    private Operations posterior() {
        long policies = model.policies().count();
        return Operations.multiplyAdds(policies).plus(softmax(policies));
    }

    /** What a stochastic choice takes at most. */
    private Operations choice() {
        boolean marginal = model.sampling() == SamplingMode.MARGINAL;
        long policies = model.policies().count();
        Operations sum = marginal ? Operations.multiplyAdds(policies * model.factors()) : Operations.NONE;
        if (model.selection() == ActionSelection.STOCHASTIC) {
            long[] options = marginal
                    ? IntStream.range(0, model.factors())
                            .mapToLong(model::actions)
                            .toArray()
                    : new long[] {policies};
            for (long count : options) {
                sum = sum.plus(new Operations(4 * count, 3 * count - 1, 2 * count - 1));
            }
        }
        return sum;
    }

    /** Increments of counts, after the first step. */
    private Operations evidence(DirichletLearning learning) {
        long sum = 0;
        for (LikelihoodTable table : tables.likelihoods()) {
            sum += learning.A()
                    ? PlanningCost.joint(table.axes()) + table.axes().columns()
                    : 0;
        }
        for (TransitionTable table : tables.transitions()) {
            long columns = table.axes().columns();
            sum += learning.B() ? PlanningCost.joint(table.axes()) + table.states() * columns : 0;
        }
        return Operations.multiplyAdds(sum);
    }

    /** Counts are updated and normalised, and all that is derived from them is worked out again. */
    private Operations recompilation(DirichletLearning learning) {
        Operations sum = Operations.NONE;
        for (int m = 0; m < model.modalities() && learning.A(); m++) {
            long size = model.A().get(m).size();
            long preferences = model.terms().utility() ? size * model.C().get(m).length(0) : 0;
            sum = sum.plus(new Operations(4 * size + preferences, size, 0));
            if (model.terms().statesInfoGain()) {
                sum = sum.plus(entropy(size));
            }
            sum = sum.plus(novelty(tables.likelihoods().get(m).novelty()));
        }
        for (int f = 0; f < model.factors() && learning.B(); f++) {
            sum = sum.plus(Operations.multiplyAdds(4L * model.B().get(f).size()));
            sum = sum.plus(novelty(tables.transitions().get(f).novelty()));
        }
        return sum.plus(Operations.multiplyAdds(learning.D() ? 4L * tables.totalStates() : 0));
    }

    /** Two logarithms, two digammas, which take about one each, and what goes with them. */
    private static Operations novelty(double[] weights) {
        return new Operations(8, 4, 0).times(PlanningCost.nonZero(weights));
    }

    /** Bytes of tables. */
    static long tableBytes(DiscreteTables tables) {
        DiscreteModel model = tables.model();
        long values = tables.logHabits().length
                + Arrays.stream(tables.priors()).mapToLong(p -> p.length).sum();
        long indices = 2L * model.policies().count()
                + (long) model.policies().count() * model.policies().length() * model.factors();
        for (int m = 0; m < model.modalities(); m++) {
            LikelihoodTable table = tables.likelihoods().get(m);
            long steps = model.terms().utility() ? model.C().get(m).length(0) : 1;
            values += table.probabilities().length
                    + 2L * table.floored().length
                    + steps * table.axes().columns()
                    + table.novelty().length;
            indices += axes(table.axes());
        }
        for (TransitionTable table : tables.transitions()) {
            values += table.probabilities().length + table.novelty().length;
            indices += axes(table.axes());
        }
        return values * Double.BYTES + indices * Integer.BYTES;
    }

    private static long axes(Axes axes) {
        return (long) axes.columns() * axes.dependencies();
    }
}
