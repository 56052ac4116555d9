package io.murmuration.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes random discrete models of all shapes, as trees of a model file. */
public final class RandomModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random;
    private int minFactors = 1;
    private int maxFactors = 3;
    private int maxStates = 4;
    private int maxPolicyLength = 3;
    private double zeros;
    private String algorithm = "";
    private boolean extras = true;

    private int[] states = {};
    private int[] actions = {};

    public RandomModels(Random random) {
        this.random = random;
    }

    public RandomModels factors(int min, int max) {
        minFactors = min;
        maxFactors = max;
        return this;
    }

    public RandomModels maxStates(int max) {
        maxStates = max;
        return this;
    }

    public RandomModels maxPolicyLength(int max) {
        maxPolicyLength = max;
        return this;
    }

    /** How many of the entries of A, B and D are 0; without this none is. */
    public RandomModels zeros(double share) {
        zeros = share;
        return this;
    }

    /** "fpi" or "exact"; without this either. */
    public RandomModels algorithm(String name) {
        algorithm = name;
        return this;
    }

    /** No counts, no learning, no induction, no labels, deterministic choice. */
    public RandomModels withoutExtras() {
        extras = false;
        return this;
    }

    public DiscreteModel model() {
        return parse(json());
    }

    public static DiscreteModel parse(ObjectNode tree) {
        return (DiscreteModel) ModelFile.parse(tree.toString(), "random", false);
    }

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    private boolean now() {
        return random.nextBoolean();
    }

    public ObjectNode json() {
        int factors = minFactors + random.nextInt(maxFactors - minFactors + 1);
        states = IntStream.range(0, factors)
                .map(f -> Math.max(2, upTo(maxStates)) - (random.nextInt(8) == 0 ? 1 : 0))
                .toArray();
        actions =
                IntStream.range(0, factors).map(f -> upTo(factors > 2 ? 2 : 3)).toArray();
        ObjectNode model = JSON.createObjectNode().put("kind", "discrete");
        int modalities = upTo(3);
        boolean countsA = extras && now();
        boolean countsB = extras && now();
        boolean countsD = extras && now();
        ArrayNode a = model.putArray(countsA ? "pA" : "A");
        ArrayNode aDependencies = model.putArray("A_dependencies");
        List<Integer> outcomes = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            outcomes.add(1 + upTo(3));
            List<Integer> on = dependencies(-1);
            on.forEach(aDependencies.addArray()::add);
            a.add(tensor(shape(outcomes.get(m), on, 0), countsA));
        }
        ArrayNode b = model.putArray(countsB ? "pB" : "B");
        ArrayNode bDependencies = model.putArray("B_dependencies");
        ArrayNode d = model.putArray(countsD ? "pD" : "D");
        for (int f = 0; f < factors; f++) {
            List<Integer> on = dependencies(random.nextInt(6) == 0 ? -1 : f);
            on.forEach(bDependencies.addArray()::add);
            b.add(tensor(shape(states[f], on, actions[f]), countsB));
            d.add(tensor(new int[] {states[f]}, countsD));
        }
        int policies = addPolicies(model);
        addPreferences(model, outcomes);
        if (now()) {
            model.set("E", tensor(new int[] {policies}, false));
        }
        model.put("gamma", random.nextInt(4) == 0 ? 0 : 4 * random.nextDouble());
        model.putObject("inference")
                .put("algorithm", algorithm.isEmpty() ? now() ? "fpi" : "exact" : algorithm)
                .put("iterations", upTo(16));
        model.put("use_utility", random.nextInt(4) > 0).put("use_states_info_gain", random.nextInt(4) > 0);
        if (extras) {
            addExtras(model, countsA, countsB, countsD);
        }
        return model;
    }

    /** One or more factors, in any order. */
    private List<Integer> dependencies(int with) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, states.length).boxed().toList());
        Collections.shuffle(all, random);
        List<Integer> some = new ArrayList<>(all.subList(0, upTo(Math.min(3, all.size()))));
        if (with >= 0 && !some.contains(with)) {
            some.add(random.nextInt(some.size() + 1), with);
        }
        return some;
    }

    private int[] shape(int first, List<Integer> on, int last) {
        IntStream inner = on.stream().mapToInt(f -> states[f]);
        IntStream head = IntStream.concat(IntStream.of(first), inner);
        return (last > 0 ? IntStream.concat(head, IntStream.of(last)) : head).toArray();
    }

    /** Nested arrays whose columns along the first axis are distributions, or counts. */
    private ArrayNode tensor(int[] shape, boolean counts) {
        int columns = IntStream.of(shape).skip(1).reduce(1, (x, y) -> x * y);
        double[] values = new double[shape[0] * columns];
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            int certain = random.nextInt(shape[0]);
            for (int i = 0; i < shape[0]; i++) {
                boolean zero = i != certain && random.nextDouble() < zeros;
                values[i * columns + j] = zero ? 0 : 0.05 + random.nextDouble();
                sum += values[i * columns + j];
            }
            double scale = counts ? 3 : 1 / sum;
            for (int i = 0; i < shape[0]; i++) {
                values[i * columns + j] *= scale;
            }
        }
        return nested(values, shape);
    }

    /** The nested arrays of a tensor of the given shape. */
    public static ArrayNode nested(double[] values, int... shape) {
        return nested(values, shape, 0, new int[1]);
    }

    private static ArrayNode nested(double[] values, int[] shape, int axis, int[] next) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < shape[axis]; i++) {
            if (axis == shape.length - 1) {
                array.add(values[next[0]++]);
            } else {
                array.add(nested(values, shape, axis + 1, next));
            }
        }
        return array;
    }

    /** All policies of a length that is affordable, or a list of some; returns their number. */
    private int addPolicies(ObjectNode model) {
        int joint = IntStream.of(actions).reduce(1, (x, y) -> x * y);
        int length = upTo(maxPolicyLength);
        while (length > 1 && Math.pow(joint, length) > 100) {
            length--;
        }
        if (now()) {
            model.put("policy_length", length);
            return (int) Math.pow(joint, length);
        }
        int count = upTo(6);
        ArrayNode policies = model.putArray("policies");
        for (int p = 0; p < count; p++) {
            ArrayNode policy = policies.addArray();
            for (int t = 0; t < length; t++) {
                ArrayNode step = policy.addArray();
                IntStream.of(actions).forEach(n -> step.add(random.nextInt(n)));
            }
        }
        return count;
    }

    private void addPreferences(ObjectNode model, List<Integer> outcomes) {
        if (now()) {
            return;
        }
        int length = model.has("policies")
                ? model.get("policies").get(0).size()
                : model.get("policy_length").intValue();
        ArrayNode c = model.putArray("C");
        for (int count : outcomes) {
            int rows = now() ? length : 1;
            double[] values = random.doubles((long) rows * count, -3, 3).toArray();
            c.add(rows == 1 ? nested(values, count) : nested(values, rows, count));
        }
    }

    private void addExtras(ObjectNode model, boolean countsA, boolean countsB, boolean countsD) {
        model.put("alpha", random.nextInt(4) == 0 ? 0 : 4 * random.nextDouble());
        model.put("use_param_info_gain", now());
        model.put("action_selection", now() ? "stochastic" : "deterministic");
        model.put("sampling_mode", now() ? "marginal" : "full");
        List<String> learnable = new ArrayList<>();
        Collections.addAll(learnable, countsA ? "A" : "", countsB ? "B" : "", countsD ? "D" : "");
        learnable.removeIf(String::isEmpty);
        if (!learnable.isEmpty() && random.nextInt(4) > 0) {
            ObjectNode learning = model.putObject("learning");
            learnable.forEach(learning.putArray("parameters")::add);
            ObjectNode rates = learning.putObject("rates");
            learnable.forEach(parameter -> rates.put(parameter, 2 * random.nextDouble()));
            learning.put("forgetting", now() ? 1 : 0.7).put("update", now() ? "step" : "sequence");
        }
        if (now()) {
            ObjectNode inductive = model.putObject("inductive");
            ArrayNode goals = inductive.putArray("H");
            for (int n : states) {
                ArrayNode goal = goals.addArray();
                IntStream.range(0, n).forEach(s -> goal.add(random.nextInt(3) == 0 ? 1 : 0));
            }
            inductive
                    .put("depth", upTo(3))
                    .put("threshold", 0.5 * random.nextDouble())
                    .put("epsilon", 0.1);
        }
    }
}
