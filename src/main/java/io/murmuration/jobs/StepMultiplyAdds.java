package io.murmuration.jobs;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.Policies;
import io.murmuration.model.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Multiply-adds of one agent's step in the sums of products that a model consists of, counted as the engine computes them:
 * without the zeros that it passes over, common beginnings of policies once. Those inside logarithms and exponentials do
 * not count.
 */
final class StepMultiplyAdds {
    private StepMultiplyAdds() {}

    static double of(GenerativeModel model) {
        return model instanceof DiscreteModel discrete ? of(discrete) : of((LinearGaussianModel) model);
    }

    private static double of(DiscreteModel model) {
        double outcomes = 0;
        for (int m = 0; m < model.modalities(); m++) {
            Tensor a = model.A().get(m);
            double columns = (double) a.size() / a.length(0);
            outcomes += columns + (model.terms().statesInfoGain() ? nonZeros(a.toArray()) : 0);
        }
        double policies = model.policies().count();
        double sum = policies + looks(model, 1) * outcomes + perception(model);
        for (int f = 0; f < model.factors(); f++) {
            sum += nonZeros(model.B().get(f).toArray());
        }
        for (int step = 2; step <= model.policies().length(); step++) {
            sum += looks(model, step) * (outcomes + predictions(model));
        }
        return sum;
    }

    /** How many different beginnings of a length policies have. */
    private static double looks(DiscreteModel model, int steps) {
        Policies policies = model.policies();
        Set<List<Integer>> beginnings = new HashSet<>();
        for (int p = 0; p < policies.count(); p++) {
            int policy = p;
            beginnings.add(IntStream.range(0, steps * policies.factors())
                    .mapToObj(i -> policies.action(policy, i / policies.factors(), i % policies.factors()))
                    .toList());
        }
        return beginnings.size();
    }

    /** Of the states after one joint action, on the average over actions. */
    private static double predictions(DiscreteModel model) {
        double sum = 0;
        for (int f = 0; f < model.factors(); f++) {
            sum += nonZeros(model.B().get(f).toArray()) / model.actions(f);
        }
        return sum;
    }

    private static double perception(DiscreteModel model) {
        if (model.factors() == 1) {
            return 0;
        }
        double joint =
                IntStream.range(0, model.factors()).mapToDouble(model::states).reduce(1, (a, b) -> a * b);
        double evidence = 0;
        for (int m = 0; m < model.modalities(); m++) {
            int dependencies = model.aDependencies().get(m).size();
            evidence += (double) model.A().get(m).size() / model.outcomes(m) * dependencies * dependencies;
        }
        return model.algorithm() instanceof Exact
                ? joint * joint
                : evidence * ((FixedPoint) model.algorithm()).iterations();
    }

    private static double nonZeros(double[] values) {
        return Arrays.stream(values).filter(x -> x != 0).count();
    }

    /** Kalman's filter in Joseph's form and the control, from the sizes alone. */
    private static double of(LinearGaussianModel model) {
        double n = model.stateWidth();
        double m = model.observationWidth();
        double k = model.actionWidth();
        double predict = n * n + n * k + 2 * n * n * n;
        double innovation = m * n + m * n * n + m * m * n + m * m * m / 3;
        double gain = n * m * m + n * m;
        double joseph = n * n * m + 2 * n * n * n + n * m * m + n * n * m;
        return predict + innovation + gain + joseph + n * k;
    }
}
