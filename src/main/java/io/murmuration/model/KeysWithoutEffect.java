package io.murmuration.model;

import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.TowardsGoals;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.ModelWarning.KeyWithoutEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds keys that were written into a model's file and change nothing, or less than one would think. */
final class KeysWithoutEffect {
    private static final String NO_CHOICE = "changes neg_efe but no choice: there is one policy";

    private final Set<String> keys;
    private final List<ModelWarning> warnings = new ArrayList<>();

    private KeysWithoutEffect(Set<String> keys) {
        this.keys = keys;
    }

    /**
     * @param keys that the file has; those of nested objects with a dot, as in {@code inference.iterations}
     */
    static List<ModelWarning> of(GenerativeModel model, Set<String> keys) {
        KeysWithoutEffect search = new KeysWithoutEffect(keys);
        if (model instanceof DiscreteModel discrete) {
            search.lookAtInference(discrete);
            search.lookAtPlanning(discrete);
            search.lookAtChoice(discrete);
            search.lookAtCounts(discrete);
        } else {
            search.lookAtControl((LinearGaussianModel) model);
        }
        return List.copyOf(search.warnings);
    }

    private void report(String key, boolean withoutEffect, String reason) {
        if (withoutEffect && keys.contains(key)) {
            warnings.add(new KeyWithoutEffect(key, reason));
        }
    }

    private void lookAtInference(DiscreteModel model) {
        String iterations = "inference.iterations";
        if (model.factors() == 1) {
            report("inference.algorithm", true, "has no effect: with one factor every algorithm is exact");
            report(iterations, true, "has no effect: with one factor nothing is iterated");
        } else if (model.algorithm() instanceof Exact) {
            report(iterations, true, "has no effect: exact inference does not iterate");
        } else {
            report(
                    iterations,
                    model.aDependencies().stream().noneMatch(d -> d.size() > 1),
                    "has no effect: no modality depends on several factors, so that one iteration is enough");
        }
    }

    private void lookAtPlanning(DiscreteModel model) {
        boolean onePolicy = model.policies().count() == 1;
        boolean utility = model.terms().utility();
        report(
                "policy_length",
                onePolicy && model.policies().length() > 1,
                "looks further ahead for nothing: there is one policy, and so nothing to choose");
        report("gamma", onePolicy, "has no effect: there is one policy");
        report("E", onePolicy, "has no effect: there is one policy");
        report("C", !utility, "has no effect: use_utility is false");
        report("C", utility && model.C().stream().allMatch(KeysWithoutEffect::indifferent), "prefers no outcome");
        for (String key : List.of("C", "use_states_info_gain", "use_param_info_gain", "inductive")) {
            boolean counts = !key.equals("C") || utility;
            report(key, onePolicy && counts, NO_CHOICE);
            report(
                    key,
                    !onePolicy && counts && model.gamma() == 0,
                    "changes neg_efe but no choice: gamma is 0, so that policies follow E alone");
        }
        report(
                "use_param_info_gain",
                model.terms().paramInfoGain()
                        && model.counts().pA().isEmpty()
                        && model.counts().pB().isEmpty(),
                "has no effect: there are no counts pA or pB to learn more about");
        if (model.inductive() instanceof TowardsGoals goals) {
            report("inductive", goals.epsilon() == 1, "has no effect: epsilon is 1, whose logarithm is 0");
            report(
                    "inductive",
                    goals.H().stream().allMatch(h -> max(h) <= 0),
                    "has no effect: no state in inductive.H is a goal");
        }
    }

    /** Whether a preference is the same for all outcomes at every planning step. */
    private static boolean indifferent(Tensor c) {
        int outcomes = c.length(1);
        return IntStream.range(0, c.size()).allMatch(i -> c.get(i) == c.get(i / outcomes * outcomes));
    }

    private static double max(Tensor tensor) {
        return IntStream.range(0, tensor.size()).mapToDouble(tensor::get).max().orElse(0);
    }

    private void lookAtChoice(DiscreteModel model) {
        boolean deterministic = model.selection() == ActionSelection.DETERMINISTIC;
        int jointActions =
                IntStream.range(0, model.factors()).map(model::actions).reduce(1, (x, y) -> x * y);
        boolean nothingToChoose = jointActions == 1;
        report(
                "alpha",
                deterministic,
                "moves no choice: action_selection is deterministic (it shows only in action_log_probability)");
        report("alpha", !deterministic && nothingToChoose, "has no effect: every factor has one action");
        report("action_selection", nothingToChoose, "has no effect: every factor has one action");
        report(
                "sampling_mode",
                nothingToChoose || samplesTheSame(model, deterministic),
                nothingToChoose
                        ? "has no effect: every factor has one action"
                        : "has no effect: each policy is one action of one factor, so that marginal and full choice are"
                                + " the same");
    }

    /** Whether the policies are the actions of one factor in their order, so that their posterior is its marginal. */
    private static boolean samplesTheSame(DiscreteModel model, boolean deterministic) {
        List<Integer> acting = Names.indices(model.factors(), f -> model.actions(f) > 1);
        Policies policies = model.policies();
        if (acting.size() != 1 || policies.length() != 1 || policies.count() != model.actions(acting.get(0))) {
            return false;
        }
        int factor = acting.get(0);
        // The number of a draw is that of the factor, and 0 for a whole policy.
        return (deterministic || factor == 0)
                && IntStream.range(0, policies.count()).allMatch(p -> policies.action(p, 0, factor) == p);
    }

    private void lookAtCounts(DiscreteModel model) {
        DirichletLearning learning = model.learning() instanceof DirichletLearning dirichlet ? dirichlet : null;
        boolean novelty = model.terms().paramInfoGain();
        lookAtCounts("A", learning != null && learning.A(), novelty);
        lookAtCounts("B", learning != null && learning.B(), novelty);
        lookAtCounts("D", learning != null && learning.D(), false);
    }

    private void lookAtCounts(String parameter, boolean learned, boolean novelty) {
        report(
                "p" + parameter,
                keys.contains(parameter) && !learned && !novelty,
                "has no effect: " + parameter + " is given and not learned"
                        + (parameter.equals("D") ? "" : ", and use_param_info_gain is false"));
        report(
                "learning.rates." + parameter,
                !learned,
                "has no effect: learning.parameters does not name " + parameter);
    }

    private void lookAtControl(LinearGaussianModel model) {
        if (model.control() instanceof QuadraticControl control) {
            boolean indifferent = control.preferencePrecision().equals(zeros(control.preferencePrecision()));
            boolean powerless = control.G().equals(zeros(control.G()));
            for (String key : List.of("preference_mean", "control_precision", "horizon")) {
                report(
                        key,
                        indifferent,
                        "has no effect: preference_precision is 0, so that nothing is preferred and every action is 0");
                report(key, !indifferent && powerless, "has no effect: G is 0, so that every action is 0");
            }
            report(
                    "preference_precision",
                    !indifferent && powerless,
                    "has no effect: G is 0, so that every action is 0");
        }
    }

    private static Tensor zeros(Tensor like) {
        return Tensor.of(like.shape(), new double[like.size()]);
    }
}
