package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.Algorithm;
import io.murmuration.model.DiscreteModel.Counts;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.Factor;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.Inductive;
import io.murmuration.model.DiscreteModel.Labels;
import io.murmuration.model.DiscreteModel.Learning;
import io.murmuration.model.DiscreteModel.Modality;
import io.murmuration.model.DiscreteModel.NoInductive;
import io.murmuration.model.DiscreteModel.NoLearning;
import io.murmuration.model.DiscreteModel.SamplingMode;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.Terms;
import io.murmuration.model.DiscreteModel.TowardsGoals;
import io.murmuration.model.DiscreteModel.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Understands the keys of a discrete model's file. */
final class DiscreteModelReader {
    private static final List<String> KEYS = List.of(
            "kind",
            "name",
            "A",
            "B",
            "C",
            "D",
            "E",
            "A_dependencies",
            "B_dependencies",
            "policy_length",
            "policies",
            "gamma",
            "alpha",
            "inference",
            "use_utility",
            "use_states_info_gain",
            "use_param_info_gain",
            "pA",
            "pB",
            "pD",
            "learning",
            "inductive",
            "action_selection",
            "sampling_mode",
            "factors",
            "modalities");

    /** More numbers than this in the list of policies will not fit in memory beside everything else. */
    private static final double MAX_POLICY_ENTRIES = 1 << 24;

    private final JsonNode root;

    DiscreteModelReader(JsonNode root) {
        this.root = root;
    }

    DiscreteModel read(String stem) {
        KnownKeys.check("the model", root, KEYS);
        Counts counts = new Counts(counts("pA"), counts("pB"), counts("pD"));
        List<Tensor> b = tensors("B", counts.pB());
        List<Tensor> a = tensors("A", counts.pA());
        List<Tensor> d = tensors("D", counts.pD());
        List<List<Integer>> aDependencies = dependencies("A_dependencies", a.size(), m -> allFactors(b.size()));
        List<List<Integer>> bDependencies = dependencies("B_dependencies", b.size(), List::of);
        DiscreteShapes.check(a, b, d, aDependencies, bDependencies);
        Policies policies = policies(b);
        return new DiscreteModel(
                root.has("name") ? TensorReader.text("name", root.get("name")) : stem,
                a,
                b,
                preferences(a),
                d,
                habits(policies),
                aDependencies,
                bDependencies,
                policies,
                number("gamma", 16),
                number("alpha", 16),
                algorithm(),
                new Terms(
                        flag("use_utility", true),
                        flag("use_states_info_gain", true),
                        flag("use_param_info_gain", false)),
                counts,
                learning(),
                inductive(),
                choice("action_selection", ActionSelection.DETERMINISTIC),
                choice("sampling_mode", SamplingMode.MARGINAL),
                labels());
    }

    private List<Tensor> counts(String key) {
        return root.has(key) ? TensorReader.list(key, root.get(key)) : List.of();
    }

    private List<Tensor> tensors(String key, List<Tensor> counts) {
        if (root.has(key)) {
            return TensorReader.list(key, root.get(key));
        }
        if (counts.isEmpty()) {
            throw new InvalidModelException(key + " is missing, and there is no p" + key + " to take it from");
        }
        return counts.stream().map(Tensor::normalised).toList();
    }

    private static List<Integer> allFactors(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** What a tensor depends on unless the file says. */
    private interface Default {
        List<Integer> of(Integer tensor);
    }

    private List<List<Integer>> dependencies(String key, int tensors, Default unlessGiven) {
        List<List<Integer>> result = new ArrayList<>();
        JsonNode node = root.path(key);
        if (!node.isMissingNode() && TensorReader.array(key, node).size() != tensors) {
            throw new InvalidModelException(
                    key + " has " + node.size() + " entries, expected " + tensors + ", one a tensor");
        }
        for (int i = 0; i < tensors; i++) {
            if (node.isMissingNode()) {
                result.add(unlessGiven.of(i));
                continue;
            }
            String place = key + "[" + i + "]";
            List<Integer> factors = new ArrayList<>();
            for (JsonNode factor : TensorReader.array(place, node.get(i))) {
                factors.add(TensorReader.integer(place, factor));
            }
            result.add(List.copyOf(factors));
        }
        return result;
    }

    private Policies policies(List<Tensor> b) {
        int[] actions = b.stream().mapToInt(t -> t.length(t.rank() - 1)).toArray();
        if (root.has("policies")) {
            return explicitPolicies(actions);
        }
        int length = root.has("policy_length") ? TensorReader.integer("policy_length", root.get("policy_length")) : 1;
        if (length < 1) {
            throw new InvalidModelException("policy_length is " + length + ", expected at least 1");
        }
        double count = Policies.countOfEvery(length, actions);
        if (count * length * actions.length > MAX_POLICY_ENTRIES) {
            throw new InvalidModelException(String.format(
                    Locale.ROOT,
                    "policy_length is %d, which makes %.4g policies of %s actions a step: they will not fit in memory,"
                            + " at most %d numbers do",
                    length,
                    count,
                    Arrays.toString(actions),
                    (long) MAX_POLICY_ENTRIES));
        }
        return Policies.every(length, actions);
    }

    private Policies explicitPolicies(int[] actions) {
        Tensor given = TensorReader.read("policies", root.get("policies"));
        if (given.rank() != 3 || given.length(2) != actions.length) {
            throw new InvalidModelException("policies has shape " + Arrays.toString(given.shape())
                    + ", expected [policy][step][factor] with " + actions.length + " factors");
        }
        if (root.has("policy_length")
                && TensorReader.integer("policy_length", root.get("policy_length")) != given.length(1)) {
            throw new InvalidModelException("policy_length is " + root.get("policy_length") + ", but policies have "
                    + given.length(1) + " steps");
        }
        int[][][] policies = new int[given.length(0)][given.length(1)][given.length(2)];
        int index = 0;
        for (int p = 0; p < policies.length; p++) {
            for (int t = 0; t < policies[p].length; t++) {
                for (int f = 0; f < actions.length; f++) {
                    double action = given.get(index++);
                    if (!(action >= 0 && action < actions[f] && action == Math.rint(action))) {
                        throw new InvalidModelException("policies[" + p + "][" + t + "][" + f + "] is " + action
                                + ", but factor " + f + " has " + actions[f] + " actions (0 to " + (actions[f] - 1)
                                + ")");
                    }
                    policies[p][t][f] = (int) action;
                }
            }
        }
        return Policies.of(policies);
    }

    private List<Tensor> preferences(List<Tensor> a) {
        if (!root.has("C")) {
            return a.stream()
                    .map(t -> Tensor.of(new int[] {1, t.length(0)}, new double[t.length(0)]))
                    .toList();
        }
        List<Tensor> result = new ArrayList<>();
        for (Tensor c : TensorReader.list("C", root.get("C"))) {
            result.add(c.rank() == 1 ? Tensor.of(new int[] {1, c.length(0)}, c.toArray()) : c);
        }
        return result;
    }

    private Tensor habits(Policies policies) {
        if (root.has("E")) {
            return TensorReader.read("E", root.get("E"));
        }
        double[] uniform = new double[policies.count()];
        Arrays.fill(uniform, 1.0 / uniform.length);
        return Tensor.vector(uniform);
    }

    private Algorithm algorithm() {
        JsonNode node = root.path("inference");
        if (node.isMissingNode()) {
            return new FixedPoint(16);
        }
        KnownKeys.check("inference", node, List.of("algorithm", "iterations"));
        String name = node.has("algorithm") ? TensorReader.text("inference.algorithm", node.get("algorithm")) : "fpi";
        return switch (name) {
            case "fpi" ->
                new FixedPoint(
                        node.has("iterations")
                                ? TensorReader.integer("inference.iterations", node.get("iterations"))
                                : 16);
            case "exact" -> new Exact();
            default ->
                throw new InvalidModelException("inference.algorithm is " + TensorReader.show(node.path("algorithm"))
                        + ", expected \"fpi\" or \"exact\"");
        };
    }

    private Learning learning() {
        JsonNode node = root.path("learning");
        if (node.isMissingNode()) {
            return new NoLearning();
        }
        KnownKeys.check("learning", node, List.of("parameters", "rates", "forgetting", "update", "scope"));
        List<String> parameters = new ArrayList<>();
        for (JsonNode parameter : TensorReader.array("learning.parameters", node.path("parameters"))) {
            if (!parameter.isTextual() || !List.of("A", "B", "D").contains(parameter.asText())) {
                throw new InvalidModelException("learning.parameters names " + TensorReader.show(parameter)
                        + ", expected \"A\", \"B\" or \"D\"");
            }
            if (!root.has("p" + parameter.asText())) {
                throw new InvalidModelException("learning.parameters names " + TensorReader.show(parameter)
                        + ", but there are no counts p" + parameter.asText());
            }
            parameters.add(parameter.asText());
        }
        JsonNode rates = node.path("rates");
        if (!rates.isMissingNode()) {
            KnownKeys.check("learning.rates", rates, List.of("A", "B", "D"));
        }
        return new DirichletLearning(
                parameters.contains("A"),
                parameters.contains("B"),
                parameters.contains("D"),
                rate(rates, "A"),
                rate(rates, "B"),
                rate(rates, "D"),
                node.has("forgetting") ? TensorReader.number("learning.forgetting", node.get("forgetting")) : 1,
                choice("learning.update", node.path("update"), Update.SEQUENCE),
                choice("learning.scope", node.path("scope"), Scope.AGENT));
    }

    private static double rate(JsonNode rates, String parameter) {
        return rates.has(parameter) ? TensorReader.number("learning.rates." + parameter, rates.get(parameter)) : 1;
    }

    private Inductive inductive() {
        JsonNode node = root.path("inductive");
        if (node.isMissingNode()) {
            return new NoInductive();
        }
        KnownKeys.check("inductive", node, List.of("H", "depth", "threshold", "epsilon"));
        for (String key : List.of("H", "depth", "threshold", "epsilon")) {
            if (!node.has(key)) {
                throw new InvalidModelException("inductive." + key + " is missing");
            }
        }
        return new TowardsGoals(
                TensorReader.list("inductive.H", node.get("H")),
                TensorReader.integer("inductive.depth", node.get("depth")),
                TensorReader.number("inductive.threshold", node.get("threshold")),
                TensorReader.number("inductive.epsilon", node.get("epsilon")));
    }

    private double number(String key, double unlessGiven) {
        return root.has(key) ? TensorReader.number(key, root.get(key)) : unlessGiven;
    }

    private boolean flag(String key, boolean unlessGiven) {
        JsonNode node = root.path(key);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw new InvalidModelException(key + " is " + TensorReader.show(node) + ", expected true or false");
        }
        return node.asBoolean(unlessGiven);
    }

    private <E extends Enum<E>> E choice(String key, E unlessGiven) {
        return choice(key, root.path(key), unlessGiven);
    }

    private static <E extends Enum<E>> E choice(String key, JsonNode node, E unlessGiven) {
        if (node.isMissingNode()) {
            return unlessGiven;
        }
        E[] all = unlessGiven.getDeclaringClass().getEnumConstants();
        for (E constant : all) {
            if (node.isTextual() && constant.name().toLowerCase(Locale.ROOT).equals(node.asText())) {
                return constant;
            }
        }
        throw new InvalidModelException(key + " is " + TensorReader.show(node) + ", expected one of "
                + Arrays.toString(all).toLowerCase(Locale.ROOT));
    }

    private Labels labels() {
        List<Factor> factors = new ArrayList<>();
        for (JsonNode node : labelled("factors")) {
            String place = "factors[" + factors.size() + "]";
            KnownKeys.check(place, node, List.of("name", "states", "actions"));
            factors.add(new Factor(
                    name(place, node, "factor " + factors.size()),
                    strings(place + ".states", node.path("states")),
                    strings(place + ".actions", node.path("actions"))));
        }
        List<Modality> modalities = new ArrayList<>();
        for (JsonNode node : labelled("modalities")) {
            String place = "modalities[" + modalities.size() + "]";
            KnownKeys.check(place, node, List.of("name", "outcomes"));
            modalities.add(new Modality(
                    name(place, node, "modality " + modalities.size()),
                    strings(place + ".outcomes", node.path("outcomes"))));
        }
        return new Labels(List.copyOf(factors), List.copyOf(modalities));
    }

    private JsonNode labelled(String key) {
        JsonNode node = root.path(key);
        if (!node.isMissingNode() && !node.isArray()) {
            throw new InvalidModelException(
                    key + " is " + TensorReader.show(node) + ", expected an array of objects with names");
        }
        return node;
    }

    private static String name(String place, JsonNode node, String unlessGiven) {
        return node.has("name") ? TensorReader.text(place + ".name", node.get("name")) : unlessGiven;
    }

    private static List<String> strings(String place, JsonNode node) {
        if (!node.isMissingNode() && !node.isArray()) {
            throw new InvalidModelException(place + " is " + TensorReader.show(node) + ", expected an array of texts");
        }
        List<String> result = new ArrayList<>();
        node.forEach(element -> result.add(TensorReader.text(place + "[" + result.size() + "]", element)));
        return List.copyOf(result);
    }
}
