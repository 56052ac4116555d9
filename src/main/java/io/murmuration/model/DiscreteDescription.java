package io.murmuration.model;

import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.SamplingMode;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.TowardsGoals;
import io.murmuration.model.DiscreteModel.Update;
import io.murmuration.model.ModelDescription.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a discrete model was understood to be, line by line. */
final class DiscreteDescription {
    private final DiscreteModel model;

    private DiscreteDescription(DiscreteModel model) {
        this.model = model;
    }

    static List<Line> of(DiscreteModel model) {
        return new DiscreteDescription(model).lines();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("model", model.name() + ", discrete"));
        for (int f = 0; f < model.factors(); f++) {
            lines.add(new Line("factor " + f, factor(f)));
        }
        for (int m = 0; m < model.modalities(); m++) {
            lines.add(new Line("modality " + m, modality(m)));
        }
        lines.add(new Line("policies", policies()));
        lines.add(new Line("inference", inference()));
        lines.add(new Line("planning", planning()));
        if (model.inductive() instanceof TowardsGoals goals) {
            lines.add(new Line("induction", induction(goals)));
        }
        lines.add(new Line("choice", choice()));
        lines.add(new Line("learning", learning()));
        return List.copyOf(lines);
    }

    private String factor(int factor) {
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return (labels.isEmpty() ? "" : labels.get(factor).name() + ": ")
                + Names.count(model.states(factor), "state", "states")
                + Names.bracketed(Names.states(model, factor)) + ", "
                + Names.count(model.actions(factor), "action", "actions")
                + Names.bracketed(Names.actions(model, factor)) + ", "
                + dependencies(model.bDependencies().get(factor), factor);
    }

    private String modality(int modality) {
        List<DiscreteModel.Modality> labels = model.labels().modalities();
        return (labels.isEmpty() ? "" : labels.get(modality).name() + ": ")
                + Names.count(model.outcomes(modality), "outcome", "outcomes")
                + Names.bracketed(Names.outcomes(model, modality)) + ", "
                + dependencies(model.aDependencies().get(modality), -1)
                + preference(modality);
    }

    private String dependencies(List<Integer> factors, int own) {
        if (factors.isEmpty()) {
            return "depends on nothing";
        }
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return "depends on "
                + Names.enumerate(factors.stream()
                        .map(f -> f == own
                                ? "itself"
                                : labels.isEmpty()
                                        ? "factor " + f
                                        : labels.get(f).name())
                        .toList());
    }

    /** The outcome that is preferred most, at the last planning step. */
    private String preference(int modality) {
        Tensor c = model.C().get(modality);
        int outcomes = model.outcomes(modality);
        int row = c.size() - outcomes;
        int best = 0;
        int worst = 0;
        for (int o = 1; o < outcomes; o++) {
            best = c.get(row + o) > c.get(row + best) ? o : best;
            worst = c.get(row + o) < c.get(row + worst) ? o : worst;
        }
        if (c.get(row + best) == c.get(row + worst)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                ", prefers %s (%s) most and %s (%s) least",
                Names.outcome(model, modality, best),
                Names.number(c.get(row + best)),
                Names.outcome(model, modality, worst),
                Names.number(c.get(row + worst)));
    }

    private String policies() {
        Policies policies = model.policies();
        double every = Policies.countOfEvery(
                policies.length(),
                IntStream.range(0, model.factors()).map(model::actions).toArray());
        return Names.count(policies.count(), "policy", "policies") + " of "
                + Names.count(policies.length(), "step", "steps") + ", "
                + (policies.count() == every ? "every sequence of actions" : "as listed");
    }

    private String inference() {
        if (model.factors() == 1) {
            return "exact (one factor)";
        }
        if (model.algorithm() instanceof Exact) {
            long joint =
                    IntStream.range(0, model.factors()).mapToLong(model::states).reduce(1, Math::multiplyExact);
            return String.format(Locale.ROOT, "exact, over %,d combinations of states", joint);
        }
        if (model.aDependencies().stream().noneMatch(d -> d.size() > 1)) {
            return "mean field, without iteration: no modality depends on several factors";
        }
        return "mean field, "
                + Names.count(((FixedPoint) model.algorithm()).iterations(), "iteration", "iterations")
                + " to its fixed point";
    }

    private String planning() {
        List<String> terms = new ArrayList<>();
        if (model.terms().utility()) {
            terms.add("utility");
        }
        if (model.terms().statesInfoGain()) {
            terms.add("information gain about states");
        }
        if (model.terms().paramInfoGain()) {
            terms.add("information gain about parameters");
        }
        return "gamma " + Names.number(model.gamma()) + "; "
                + (terms.isEmpty() ? "no terms of expected free energy" : Names.enumerate(terms));
    }

    private String induction(TowardsGoals goals) {
        List<String> wanted = new ArrayList<>();
        for (int f = 0; f < model.factors(); f++) {
            Tensor h = goals.H().get(f);
            List<Integer> states = Names.indices(h.size(), s -> h.get(s) > 0);
            if (!states.isEmpty()) {
                wanted.add(Names.states(model, f, states));
            }
        }
        return "towards " + (wanted.isEmpty() ? "no state" : Names.enumerate(wanted)) + ", up to "
                + Names.count(goals.depth() - 1, "step", "steps") + " back, threshold "
                + Names.number(goals.threshold()) + ", epsilon " + Names.number(goals.epsilon());
    }

    private String choice() {
        boolean stochastic = model.selection() == ActionSelection.STOCHASTIC;
        return (stochastic ? "stochastic, alpha " + Names.number(model.alpha()) : "deterministic") + ", "
                + (model.sampling() == SamplingMode.MARGINAL ? "of each factor's action" : "of a whole policy");
    }

    private String learning() {
        if (!(model.learning() instanceof DirichletLearning learning)) {
            return "none";
        }
        List<String> parameters = new ArrayList<>();
        if (learning.A()) {
            parameters.add("A (rate " + Names.number(learning.rateA()) + ")");
        }
        if (learning.B()) {
            parameters.add("B (rate " + Names.number(learning.rateB()) + ")");
        }
        if (learning.D()) {
            parameters.add("D (rate " + Names.number(learning.rateD()) + ")");
        }
        return Names.enumerate(parameters) + ", forgetting " + Names.number(learning.forgetting()) + ", "
                + (learning.update() == Update.STEP ? "after each step" : "after each sequence") + ", "
                + (learning.scope() == Scope.POPULATION ? "of all agents together" : "of each agent for itself");
    }
}
