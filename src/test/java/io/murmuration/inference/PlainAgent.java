package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.TowardsGoals;
import io.murmuration.model.DiscreteModel.Update;
import io.murmuration.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.math3.special.Gamma;

/**
 * The conventions of the discrete engine a second time, slowly and obviously: one agent, plain loops over the model's
 * tensors, logarithms of the library, nothing shared with the engine.
 */
final class PlainAgent {
    private static final double FLOOR = 0x1p-52;

    private final DiscreteModel model;
    private final int factors;
    private List<Tensor> a;
    private List<Tensor> b;
    private List<Tensor> d;
    /** Dirichlet counts; they change where the agent learns at each step. */
    private double[][] pA;

    private double[][] pB;
    private double[][] pD;
    /** Increments since the last update of the counts. */
    private double[][] moreA;

    private double[][] moreB;
    private double[][] moreD;

    private int steps;
    private int[] action = {};
    /** [factor][state]. */
    private double[][] belief = {};
    /** Over the combinations of states, the last factor varying fastest; where inference is exact. */
    private double[] joint = {};

    double freeEnergy;
    double[] negEfe = {};
    double[] posterior = {};

    PlainAgent(DiscreteModel model) {
        this.model = model;
        factors = model.factors();
        a = model.A();
        b = model.B();
        d = model.D();
        pA = arrays(model.counts().pA());
        pB = arrays(model.counts().pB());
        pD = arrays(model.counts().pD());
        forgetIncrements();
    }

    private static double[][] arrays(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::toArray).toArray(double[][]::new);
    }

    private void forgetIncrements() {
        moreA = zeros(pA);
        moreB = zeros(pB);
        moreD = zeros(pD);
    }

    private static double[][] zeros(double[][] like) {
        return Arrays.stream(like).map(x -> new double[x.length]).toArray(double[][]::new);
    }

    double[][] belief() {
        return belief;
    }

    /** One observation, negative where missing. */
    void observe(int[] outcomes) {
        double[][] before = belief;
        if (model.algorithm() instanceof Exact || factors == 1) {
            filterExactly(outcomes);
        } else {
            filterByMeanField(outcomes, ((FixedPoint) model.algorithm()).iterations());
        }
        gather(outcomes, before);
        plan();
    }

    /** The action that was taken; a step ends with it. */
    void act(int[] taken) {
        action = taken.clone();
        steps++;
        if (model.learning() instanceof DirichletLearning learning && learning.update() == Update.STEP) {
            learn(learning);
            forgetIncrements();
            a = learning.A() ? normalised(pA, a) : a;
            b = learning.B() ? normalised(pB, b) : b;
            d = learning.D() ? normalised(pD, d) : d;
        }
    }

    /** Counts after the last step: those of A, B and D in one list. */
    List<double[]> learned(DirichletLearning learning) {
        if (learning.update() == Update.SEQUENCE) {
            learn(learning);
        }
        List<double[]> all = new ArrayList<>();
        all.addAll(learning.A() ? List.of(pA) : List.of());
        all.addAll(learning.B() ? List.of(pB) : List.of());
        all.addAll(learning.D() ? List.of(pD) : List.of());
        return all;
    }

    private void learn(DirichletLearning learning) {
        if (learning.A()) {
            update(pA, moreA, learning.rateA(), learning.forgetting());
        }
        if (learning.B()) {
            update(pB, moreB, learning.rateB(), learning.forgetting());
        }
        if (learning.D()) {
            update(pD, moreD, learning.rateD(), learning.forgetting());
        }
    }

    private static void update(double[][] counts, double[][] more, double rate, double forgetting) {
        for (int k = 0; k < counts.length; k++) {
            for (int i = 0; i < counts[k].length; i++) {
                counts[k][i] = forgetting * counts[k][i] + rate * more[k][i];
            }
        }
    }

    private static List<Tensor> normalised(double[][] counts, List<Tensor> shapes) {
        List<Tensor> result = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            result.add(Tensor.of(shapes.get(k).shape(), counts[k]).normalised());
        }
        return result;
    }

    static double log(double x) {
        return Math.log(Math.max(x, FLOOR));
    }

    /** All combinations of indices, the last varying fastest. */
    static void each(int[] lengths, Consumer<int[]> visitor) {
        int[] index = new int[lengths.length];
        int axis = 0;
        while (axis >= 0) {
            visitor.accept(index);
            axis = lengths.length - 1;
            while (axis >= 0 && ++index[axis] == lengths[axis]) {
                index[axis--] = 0;
            }
        }
    }

    private int[] lengths() {
        int[] lengths = new int[factors];
        Arrays.setAll(lengths, model::states);
        return lengths;
    }

    private int[] lengths(List<Integer> dependencies) {
        return dependencies.stream().mapToInt(model::states).toArray();
    }

    private int flat(int[] combination) {
        int index = 0;
        for (int f = 0; f < factors; f++) {
            index = index * model.states(f) + combination[f];
        }
        return index;
    }

    /** The entry of a tensor at first index, states of dependencies, and an action if that is not negative. */
    private int entry(int first, List<Integer> dependencies, int[] states, int actions, int u) {
        int index = first;
        for (int k = 0; k < dependencies.size(); k++) {
            index = index * model.states(dependencies.get(k)) + states[k];
        }
        return u < 0 ? index : index * actions + u;
    }

    private double likelihood(int m, int outcome, int[] states) {
        return a.get(m).get(entry(outcome, model.aDependencies().get(m), states, 0, -1));
    }

    private int transitionEntry(int f, int next, int[] states, int u) {
        return entry(next, model.bDependencies().get(f), states, model.actions(f), u);
    }

    private static int[] pick(List<Integer> dependencies, int[] combination) {
        return dependencies.stream().mapToInt(f -> combination[f]).toArray();
    }

    /** {@code B_f[·, deps, u]} times the beliefs of the dependencies. */
    private double[] predict(int f, int u, double[][] from) {
        double[] next = new double[model.states(f)];
        List<Integer> on = model.bDependencies().get(f);
        each(lengths(on), states -> {
            double weight = product(from, on, states, -1);
            for (int s = 0; s < next.length; s++) {
                next[s] += b.get(f).get(transitionEntry(f, s, states, u)) * weight;
            }
        });
        return next;
    }

    private static double product(double[][] beliefs, List<Integer> on, int[] states, int except) {
        double product = 1;
        for (int k = 0; k < states.length; k++) {
            product *= k == except ? 1 : beliefs[on.get(k)][states[k]];
        }
        return product;
    }

    private void filterExactly(int[] outcomes) {
        double[] prior =
                new double[flat(Arrays.stream(lengths()).map(n -> n - 1).toArray()) + 1];
        each(lengths(), next -> {
            if (steps == 0) {
                double first = 1;
                for (int f = 0; f < factors; f++) {
                    first *= d.get(f).get(next[f]);
                }
                prior[flat(next)] = first;
            } else {
                each(lengths(), now -> {
                    double probability = joint[flat(now)];
                    for (int f = 0; f < factors; f++) {
                        int[] states = pick(model.bDependencies().get(f), now);
                        probability *= b.get(f).get(transitionEntry(f, next[f], states, action[f]));
                    }
                    prior[flat(next)] += probability;
                });
            }
        });
        double[] logs = new double[prior.length];
        each(lengths(), now -> {
            logs[flat(now)] = log(prior[flat(now)]);
            for (int m = 0; m < outcomes.length; m++) {
                if (outcomes[m] >= 0) {
                    logs[flat(now)] += log(likelihood(
                            m, outcomes[m], pick(model.aDependencies().get(m), now)));
                }
            }
        });
        joint = softmax(logs);
        freeEnergy = 0;
        for (int i = 0; i < joint.length; i++) {
            freeEnergy += joint[i] * (log(joint[i]) - logs[i]);
        }
        belief = new double[factors][];
        Arrays.setAll(belief, f -> new double[model.states(f)]);
        each(lengths(), now -> {
            for (int f = 0; f < factors; f++) {
                belief[f][now[f]] += joint[flat(now)];
            }
        });
    }

    static double[] softmax(double[] logs) {
        double max = Arrays.stream(logs).max().orElseThrow();
        double[] weights = Arrays.stream(logs).map(x -> Math.exp(x - max)).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    private void filterByMeanField(int[] outcomes, int iterations) {
        double[][] prior = new double[factors][];
        double[][] q = new double[factors][];
        for (int f = 0; f < factors; f++) {
            prior[f] = steps == 0 ? d.get(f).toArray() : predict(f, action[f], belief);
            q[f] = new double[model.states(f)];
            Arrays.fill(q[f], 1.0 / q[f].length);
        }
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[][] logs = new double[factors][];
            for (int f = 0; f < factors; f++) {
                logs[f] = Arrays.stream(prior[f]).map(PlainAgent::log).toArray();
            }
            for (int m = 0; m < outcomes.length; m++) {
                addMessages(m, outcomes[m], q, logs);
            }
            double[][] next = new double[factors][];
            Arrays.setAll(next, f -> softmax(logs[f]));
            q = next;
        }
        belief = q;
        freeEnergy = 0;
        for (int f = 0; f < factors; f++) {
            for (int s = 0; s < q[f].length; s++) {
                freeEnergy += q[f][s] * (log(q[f][s]) - log(prior[f][s]));
            }
        }
        for (int m = 0; m < outcomes.length; m++) {
            List<Integer> on = model.aDependencies().get(m);
            int outcome = outcomes[m];
            int modality = m;
            if (outcome >= 0) {
                each(
                        lengths(on),
                        states -> freeEnergy -=
                                product(belief, on, states, -1) * log(likelihood(modality, outcome, states)));
            }
        }
    }

    /** {@code E_{q∖f}[log A_m[o]]}, to each dependency f. */
    private void addMessages(int m, int outcome, double[][] q, double[][] logs) {
        List<Integer> on = model.aDependencies().get(m);
        if (outcome >= 0) {
            each(lengths(on), states -> {
                for (int k = 0; k < states.length; k++) {
                    logs[on.get(k)][states[k]] += product(q, on, states, k) * log(likelihood(m, outcome, states));
                }
            });
        }
    }

    private void gather(int[] outcomes, double[][] before) {
        for (int m = 0; m < pA.length; m++) {
            List<Integer> on = model.aDependencies().get(m);
            int modality = m;
            if (outcomes[m] >= 0) {
                each(
                        lengths(on),
                        states -> moreA[modality][entry(outcomes[modality], on, states, 0, -1)] +=
                                product(belief, on, states, -1));
            }
        }
        for (int f = 0; f < pB.length && steps > 0; f++) {
            List<Integer> on = model.bDependencies().get(f);
            int factor = f;
            each(lengths(on), states -> {
                for (int s = 0; s < belief[factor].length; s++) {
                    moreB[factor][transitionEntry(factor, s, states, action[factor])] +=
                            belief[factor][s] * product(before, on, states, -1);
                }
            });
        }
        for (int f = 0; f < pD.length && steps == 0; f++) {
            for (int s = 0; s < belief[f].length; s++) {
                moreD[f][s] += belief[f][s];
            }
        }
    }

    private void plan() {
        int count = model.policies().count();
        negEfe = new double[count];
        double[] logs = new double[count];
        for (int p = 0; p < count; p++) {
            negEfe[p] = evaluate(p);
            logs[p] = model.gamma() * negEfe[p] + log(model.E().get(p));
        }
        posterior = softmax(logs);
    }

    private double evaluate(int policy) {
        double value = 0;
        double[][] now = belief;
        for (int step = 0; step < model.policies().length(); step++) {
            double[][] next = new double[factors][];
            for (int f = 0; f < factors; f++) {
                next[f] = predict(f, model.policies().action(policy, step, f), now);
            }
            for (int m = 0; m < model.modalities(); m++) {
                value += outcomeValue(m, step, next);
            }
            for (int f = 0; f < factors && model.terms().paramInfoGain() && pB.length > 0; f++) {
                value += transitionGain(f, model.policies().action(policy, step, f), next[f], now);
            }
            value += inductiveValue(next);
            now = next;
        }
        return value;
    }

    private double outcomeValue(int m, int step, double[][] states) {
        List<Integer> on = model.aDependencies().get(m);
        int outcomes = model.outcomes(m);
        double[] qo = new double[outcomes];
        double[] gain = new double[outcomes];
        double[] value = {0};
        each(lengths(on), combination -> {
            double weight = product(states, on, combination, -1);
            for (int o = 0; o < outcomes; o++) {
                double p = likelihood(m, o, combination);
                qo[o] += weight * p;
                value[0] += model.terms().statesInfoGain() ? weight * p * log(p) : 0;
                if (model.terms().paramInfoGain() && pA.length > 0) {
                    gain[o] += weight * novelty(pA[m], outcomes, entry(o, on, combination, 0, -1));
                }
            }
        });
        Tensor c = model.C().get(m);
        for (int o = 0; o < outcomes; o++) {
            int row = c.length(0) == 1 ? 0 : step;
            value[0] += model.terms().utility() ? qo[o] * c.get(row * outcomes + o) : 0;
            value[0] -= model.terms().statesInfoGain() ? qo[o] * log(qo[o]) : 0;
            value[0] += qo[o] * gain[o];
        }
        return value[0];
    }

    private double transitionGain(int f, int u, double[] next, double[][] before) {
        List<Integer> on = model.bDependencies().get(f);
        double[] value = {0};
        each(lengths(on), states -> {
            for (int s = 0; s < next.length; s++) {
                double weight = novelty(pB[f], next.length, transitionEntry(f, s, states, u));
                value[0] += next[s] * weight * product(before, on, states, -1);
            }
        });
        return value[0];
    }

    /** {@code W(a) = log Σa − log a + 1/a − 1/Σa + ψ(a) − ψ(Σa)}, Σ over the first axis. */
    private static double novelty(double[] counts, int rows, int index) {
        if (counts[index] == 0) {
            return 0;
        }
        int columns = counts.length / rows;
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += Math.max(counts[i * columns + index % columns], FLOOR);
        }
        double count = Math.max(counts[index], FLOOR);
        return Math.log(sum) - Math.log(count) + 1 / count - 1 / sum + Gamma.digamma(count) - Gamma.digamma(sum);
    }

    private double inductiveValue(double[][] states) {
        if (!(model.inductive() instanceof TowardsGoals goals)) {
            return 0;
        }
        double value = 0;
        for (int f = 0; f < factors; f++) {
            boolean[][] reach = reach(f, goals);
            int best = 0;
            for (int s = 1; s < belief[f].length; s++) {
                best = belief[f][s] > belief[f][best] ? s : best;
            }
            int row = 0;
            while (row < reach.length && !reach[row][best]) {
                row++;
            }
            for (int s = 0; s < belief[f].length && row < reach.length; s++) {
                value += reach[Math.max(row - 1, 0)][s] ? 0 : states[f][s] * Math.log(goals.epsilon());
            }
        }
        return value;
    }

    /** Two states are equally probable but for rounding, and the inductive value begins at the more probable one. */
    boolean goalsHangOnRounding() {
        return model.inductive() instanceof TowardsGoals
                && Arrays.stream(belief).anyMatch(q -> {
                    double[] sorted = Arrays.stream(q).sorted().toArray();
                    return sorted.length > 1 && sorted[sorted.length - 1] - sorted[sorted.length - 2] < 1e-9;
                });
    }

    private boolean[][] reach(int f, TowardsGoals goals) {
        boolean[][] reach = new boolean[goals.depth()][model.states(f)];
        List<Integer> on = model.bDependencies().get(f);
        for (int s = 0; s < reach[0].length; s++) {
            reach[0][s] = goals.H().get(f).get(s) == 1;
        }
        for (int k = 1; k < reach.length; k++) {
            boolean[] into = reach[k - 1];
            boolean[] row = reach[k];
            each(lengths(on), states -> {
                for (int u = 0; u < model.actions(f); u++) {
                    for (int next = 0; next < into.length; next++) {
                        if (into[next] && b.get(f).get(transitionEntry(f, next, states, u)) > goals.threshold()) {
                            mark(row, on.indexOf(f) < 0 ? -1 : states[on.indexOf(f)]);
                        }
                    }
                }
            });
        }
        return reach;
    }

    /** One state, or all where the next one does not depend on the present. */
    private static void mark(boolean[] row, int state) {
        if (state < 0) {
            Arrays.fill(row, true);
        } else {
            row[state] = true;
        }
    }

    /** The probabilities that an action is chosen from: a factor's marginal. */
    double[] marginal(int f) {
        double[] marginal = new double[model.actions(f)];
        for (int p = 0; p < posterior.length; p++) {
            marginal[model.policies().action(p, 0, f)] += posterior[p];
        }
        return marginal;
    }

    /** {@code softmax(alpha · log p)}. */
    double[] sharpened(double[] probabilities) {
        return softmax(
                Arrays.stream(probabilities).map(p -> model.alpha() * log(p)).toArray());
    }
}
