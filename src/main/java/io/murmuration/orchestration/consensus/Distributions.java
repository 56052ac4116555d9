package io.murmuration.orchestration.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Beliefs about which state it is.
 *
 * @param floor which probabilities are raised to before they are multiplied
 */
record Distributions(double floor) implements BeliefKind<Distribution> {
    Distributions {
        if (!(floor >= 0 && floor < 1)) {
            throw new IllegalArgumentException("The floor of probabilities is " + floor + ", expected one in [0, 1)");
        }
    }

    @Override
    public Distribution mixture(Panel<Distribution> panel, double[] shares) {
        double[] mixed = new double[panel.answer(0).size()];
        for (int i = 0; i < panel.size(); i++) {
            for (int s = 0; s < mixed.length; s++) {
                mixed[s] += shares[i] * panel.answer(i).probability(s);
            }
        }
        return Distribution.normalised(mixed);
    }

    @Override
    public Product<Distribution> product(Panel<Distribution> panel, double[] exponents, Optional<Distribution> prior) {
        int states = panel.answer(0).size();
        double[] logs = new double[states];
        List<String> notes = new ArrayList<>();
        List<Distribution> beliefs = IntStream.range(0, panel.size())
                .mapToObj(i -> raised(panel, i, notes))
                .toList();
        for (int s = 0; s < states; s++) {
            int state = s;
            double before = prior.map(belief -> StrictMath.log(belief.probability(state)))
                    .orElse(0.0);
            double sum = before;
            List<String> vetoes = new ArrayList<>();
            for (int i = 0; i < panel.size(); i++) {
                double after = StrictMath.log(beliefs.get(i).probability(s));
                if (exponents[i] > 0 && after == Double.NEGATIVE_INFINITY) {
                    vetoes.add(panel.agent(i));
                } else if (exponents[i] > 0 && before == Double.NEGATIVE_INFINITY) {
                    throw new IllegalArgumentException("The belief of " + panel.agent(i) + " gives state " + s
                            + " the probability " + panel.answer(i).probability(s)
                            + ", but the prior in common rules that state out");
                } else if (exponents[i] > 0) {
                    sum += exponents[i] * (after - before);
                }
            }
            logs[s] = vetoes.isEmpty() ? sum : Double.NEGATIVE_INFINITY;
            if (!vetoes.isEmpty()) {
                notes.add("state " + s + " is ruled out by " + String.join(", ", vetoes));
            }
        }
        return new Product<>(normalised(logs, notes), panel.shares(), notes);
    }

    private static Distribution normalised(double[] logs, List<String> vetoes) {
        double greatest = Arrays.stream(logs).max().orElseThrow();
        if (!Double.isFinite(greatest)) {
            throw new IllegalArgumentException("The beliefs leave no state possible, expected one that none rules out: "
                    + vetoes.stream().collect(Collectors.joining("; ")));
        }
        return Distribution.normalised(
                Arrays.stream(logs).map(log -> StrictMath.exp(log - greatest)).toArray());
    }

    private Distribution raised(Panel<Distribution> panel, int i, List<String> notes) {
        Distribution belief = panel.answer(i);
        long below = belief.probabilities().stream().filter(p -> p < floor).count();
        if (below == 0) {
            return belief;
        }
        notes.add("the belief of " + panel.agent(i) + " is raised to the floor in " + below + " of " + belief.size()
                + " states");
        return Distribution.normalised(belief.probabilities().stream()
                .mapToDouble(p -> Math.max(p, floor))
                .toArray());
    }
}
