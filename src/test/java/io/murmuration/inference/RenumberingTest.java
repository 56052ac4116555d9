package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.RandomModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Numbering states or outcomes another way numbers the results another way and changes nothing else. */
class RenumberingTest {
    private static final int STEPS = 4;
    private static final double TOLERANCE = 1e-12;

    @Property(tries = 150)
    void statesOfAFactor(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode tree = new RandomModels(random).json();
        DiscreteModel model = RandomModels.parse(tree);
        int factor = random.nextInt(model.factors());
        List<Integer> order = order(model.states(factor), random);
        ObjectNode renumbered = tree.deepCopy();
        for (String key : List.of("A", "pA")) {
            renumberDependencies(renumbered, key, model.aDependencies(), factor, order);
        }
        for (String key : List.of("B", "pB")) {
            renumberDependencies(renumbered, key, model.bDependencies(), factor, order);
            renumberAxis(renumbered.path(key), factor, 0, order);
        }
        renumberAxis(renumbered.path("D"), factor, 0, order);
        renumberAxis(renumbered.path("pD"), factor, 0, order);
        renumberAxis(renumbered.path("inductive").path("H"), factor, 0, order);
        ObservationBlock seen = Runs.observations(model, 1, STEPS, random);
        Runs.recordAllActions(seen, model, random);
        int offset = IntStream.range(0, factor).map(model::states).sum();
        compare(model, RandomModels.parse(renumbered), seen, seen, offset, order);
    }

    @Property(tries = 150)
    void outcomesOfAModality(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode tree = new RandomModels(random).json();
        DiscreteModel model = RandomModels.parse(tree);
        int modality = random.nextInt(model.modalities());
        List<Integer> order = order(model.outcomes(modality), random);
        ObjectNode renumbered = tree.deepCopy();
        renumberAxis(renumbered.path("A"), modality, 0, order);
        renumberAxis(renumbered.path("pA"), modality, 0, order);
        if (tree.has("C")) {
            int last = tree.get("C").get(modality).get(0).isArray() ? 1 : 0;
            renumberAxis(renumbered.path("C"), modality, last, order);
        }
        ObservationBlock seen = Runs.observations(model, 1, STEPS, random);
        Runs.recordAllActions(seen, model, random);
        ObservationBlock otherwise = Runs.lanes(seen, model, 0);
        for (int t = 0; t < STEPS; t++) {
            double outcome = seen.observation(t, modality, 0);
            if (!Double.isNaN(outcome)) {
                otherwise.setObservation(t, modality, 0, order.indexOf((int) outcome));
            }
        }
        compare(model, RandomModels.parse(renumbered), seen, otherwise, 0, List.of());
    }

    /** The place i of the new numbering is taken by {@code order[i]}. */
    private static List<Integer> order(int count, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    private static void renumberDependencies(
            ObjectNode tree, String key, List<List<Integer>> dependencies, int factor, List<Integer> order) {
        for (int k = 0; k < dependencies.size(); k++) {
            int axis = dependencies.get(k).indexOf(factor);
            if (axis >= 0) {
                renumberAxis(tree.path(key), k, axis + 1, order);
            }
        }
    }

    /** Renumbers an axis of one of the tensors in a list, where the list is there. */
    private static void renumberAxis(JsonNode list, int index, int axis, List<Integer> order) {
        if (list instanceof ArrayNode array) {
            array.set(index, renumbered((ArrayNode) array.get(index), axis, order));
        }
    }

    private static ArrayNode renumbered(ArrayNode tensor, int axis, List<Integer> order) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < tensor.size(); i++) {
            if (axis == 0) {
                result.add(tensor.get(order.get(i)));
            } else {
                result.add(renumbered((ArrayNode) tensor.get(i), axis - 1, order));
            }
        }
        return result;
    }

    private static void compare(
            DiscreteModel one,
            DiscreteModel other,
            ObservationBlock seen,
            ObservationBlock seenByOther,
            int offset,
            List<Integer> order) {
        InferenceKernel kernel = InferenceKernel.compile(one);
        InferenceKernel kernelOfOther = InferenceKernel.compile(other);
        ResultBlock results = Runs.run(kernel, seen);
        ResultBlock resultsOfOther = Runs.run(kernelOfOther, seenByOther);
        for (int t = 0; t < STEPS; t++) {
            for (String name : List.of("belief", "free_energy", "neg_efe", "policy_posterior")) {
                double[] expected = Runs.column(kernel, results, name, t, 0);
                double[] actual = Runs.column(kernelOfOther, resultsOfOther, name, t, 0);
                for (int i = 0; i < expected.length; i++) {
                    boolean moved = name.equals("belief") && i >= offset && i < offset + order.size();
                    double value = expected[moved ? offset + order.get(i - offset) : i];
                    double scale = name.equals("neg_efe") ? Math.max(1, Math.abs(value)) : 1;
                    // A posterior magnifies a difference in neg_efe by gamma, which is at most 4.
                    double tolerance = name.equals("policy_posterior") ? 10 * TOLERANCE : TOLERANCE;
                    assertEquals(value, actual[i], tolerance * scale, name + " " + i + " at " + t);
                }
            }
        }
    }
}
