package io.murmuration.model;

import io.murmuration.model.ModelWarning.Absorbing;
import io.murmuration.model.ModelWarning.SameOutcomes;
import io.murmuration.model.ModelWarning.States;
import io.murmuration.model.ModelWarning.Unreachable;
import io.murmuration.model.ModelWarning.UnsatisfiablePreference;
import io.murmuration.model.ModelWarning.UselessActions;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds states and preferences of a discrete model that do nothing for it. */
final class DiscreteWarnings {
    /** Probabilities that differ by less are the same. */
    private static final double RESOLUTION = 1e12;

    private final DiscreteModel model;
    private final boolean[][] reachable;
    private final List<ModelWarning> warnings = new ArrayList<>();

    private DiscreteWarnings(DiscreteModel model) {
        this.model = model;
        reachable = Reachability.of(model);
    }

    static List<ModelWarning> of(DiscreteModel model) {
        DiscreteWarnings search = new DiscreteWarnings(model);
        for (int f = 0; f < model.factors(); f++) {
            search.lookForSameOutcomes(f);
            search.lookForUnreachable(f);
            search.lookForAbsorbing(f);
        }
        for (int m = 0; m < model.modalities(); m++) {
            search.lookForUnsatisfiable(m);
        }
        return List.copyOf(search.warnings);
    }

    private States states(int factor, List<Integer> states) {
        return new States(factor, states, Names.states(model, factor, states));
    }

    private void lookForSameOutcomes(int factor) {
        Map<LongBuffer, List<Integer>> groups = new LinkedHashMap<>();
        for (int s = 0; s < model.states(factor); s++) {
            groups.computeIfAbsent(appearance(factor, s), look -> new ArrayList<>())
                    .add(s);
        }
        groups.values().stream()
                .filter(group -> group.size() > 1)
                .forEach(group -> warnings.add(new SameOutcomes(states(factor, List.copyOf(group)))));
    }

    /** The probabilities of all outcomes in a state, over all states of the other factors. */
    private LongBuffer appearance(int factor, int state) {
        int states = model.states(factor);
        LongBuffer look = LongBuffer.allocate(IntStream.range(0, model.modalities())
                .filter(m -> model.aDependencies().get(m).contains(factor))
                .map(m -> model.A().get(m).size() / states)
                .reduce(0, Math::addExact));
        for (int m = 0; m < model.modalities(); m++) {
            Tensor a = model.A().get(m);
            int dependency = model.aDependencies().get(m).indexOf(factor);
            if (dependency < 0) {
                continue;
            }
            TensorColumns columns =
                    TensorColumns.of(model, model.aDependencies().get(m));
            for (int j = 0; j < columns.count(); j++) {
                if (columns.state(dependency, j) == state) {
                    for (int o = 0; o < model.outcomes(m); o++) {
                        look.put(Math.round(a.get(o * columns.count() + j) * RESOLUTION));
                    }
                }
            }
        }
        return look.flip();
    }

    private void lookForUnreachable(int factor) {
        List<Integer> never = Names.indices(model.states(factor), s -> !reachable[factor][s]);
        if (!never.isEmpty()) {
            warnings.add(new Unreachable(states(factor, never)));
        }
    }

    private void lookForAbsorbing(int factor) {
        if (model.states(factor) == 1) {
            return;
        }
        List<Integer> absorbing =
                Names.indices(model.states(factor), s -> reachable[factor][s] && isAbsorbing(factor, s));
        long possible =
                Names.indices(model.states(factor), s -> reachable[factor][s]).size();
        if (absorbing.isEmpty()) {
            return;
        }
        if (absorbing.size() < possible) {
            warnings.add(new Absorbing(states(factor, absorbing)));
        } else if (model.actions(factor) > 1) {
            warnings.add(new UselessActions(factor, Names.factor(model, factor), model.actions(factor)));
        }
        // A factor that never changes and has one action is a fact of the world to be found out: nothing to warn of.
    }

    /** Whether every action leads from a state to itself, whatever the other factors. */
    private boolean isAbsorbing(int factor, int state) {
        TensorColumns columns = TensorColumns.of(model, model.bDependencies().get(factor));
        int own = columns.dependencies().indexOf(factor);
        Tensor b = model.B().get(factor);
        int actions = model.actions(factor);
        for (int j = 0; j < columns.count(); j++) {
            if ((own < 0 || columns.state(own, j) == state) && columns.within(reachable, j)) {
                int row = (state * columns.count() + j) * actions;
                if (IntStream.range(row, row + actions).anyMatch(i -> b.get(i) < 1 - 1 / RESOLUTION)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void lookForUnsatisfiable(int modality) {
        boolean[] yielded = yielded(modality);
        Tensor c = model.C().get(modality);
        int outcomes = model.outcomes(modality);
        List<Integer> wanted = Names.indices(outcomes, o -> IntStream.range(0, c.length(0))
                .anyMatch(step -> !yielded[o] && abovePossible(c, step * outcomes, o, yielded)));
        wanted.forEach(o -> warnings.add(new UnsatisfiablePreference(
                modality,
                o,
                "outcome " + Names.outcome(model, modality, o) + " of " + Names.modality(model, modality))));
    }

    private static boolean abovePossible(Tensor c, int row, int outcome, boolean[] yielded) {
        for (int o = 0; o < yielded.length; o++) {
            if (yielded[o] && c.get(row + o) >= c.get(row + outcome)) {
                return false;
            }
        }
        return true;
    }

    /** Which outcomes some state that can be reached yields. */
    private boolean[] yielded(int modality) {
        TensorColumns columns = TensorColumns.of(model, model.aDependencies().get(modality));
        Tensor a = model.A().get(modality);
        boolean[] yielded = new boolean[model.outcomes(modality)];
        for (int j = 0; j < columns.count(); j++) {
            if (columns.within(reachable, j)) {
                for (int o = 0; o < yielded.length; o++) {
                    yielded[o] |= a.get(o * columns.count() + j) > 0;
                }
            }
        }
        return yielded;
    }
}
