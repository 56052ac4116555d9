package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.model.InvalidModelException;
import io.murmuration.model.ModelDescription;
import io.murmuration.model.ModelFile;
import io.murmuration.model.ModelWarnings;
import io.murmuration.model.ParsedModel;
import io.murmuration.model.RandomModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is done to a model file: it is a model, or there is one sentence that says why it is none. */
class MutatedModelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\"A\"",
            "\"exact\"",
            "\"population\"",
            "\".nan\"",
            "0",
            "1",
            "-1",
            "2",
            "0.5",
            "-0.0",
            "1e-320",
            "1e308",
            "1e400",
            "2147483647",
            "2147483648",
            "99999999999999999999999999",
            "[]",
            "[[]]",
            "[[[]]]",
            "{}",
            "[null]",
            "[1]",
            "[[1]]",
            "[[[1]]]",
            "[[[[1]]]]",
            "[0.5, 0.5]",
            "[0, 1]",
            "{\"name\": 1}",
            "[{\"states\": 1}]",
            "[{}, {}]");
    private static final List<String> KEYS = List.of(
            "A",
            "B",
            "C",
            "D",
            "E",
            "pA",
            "pB",
            "pD",
            "A_dependencies",
            "policies",
            "policy_length",
            "gamma",
            "learning",
            "inductive",
            "inference",
            "factors",
            "modalities",
            "name",
            "kind",
            "horizon",
            "G",
            "x");

    /** A place in a tree that something can be done to. */
    private record Place(JsonNode parent, String key, int index) {
        JsonNode get() {
            return parent.isObject() ? parent.get(key) : parent.get(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(key);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }
    }

    private static List<Place> places(JsonNode root) {
        List<Place> places = new ArrayList<>();
        if (root.isObject()) {
            root.fieldNames().forEachRemaining(key -> places.add(new Place(root, key, 0)));
        } else {
            for (int i = 0; i < root.size(); i++) {
                places.add(new Place(root, "", i));
            }
        }
        for (Place place : List.copyOf(places)) {
            places.addAll(places(place.get()));
        }
        return places;
    }

    private static void mutate(ObjectNode root, Random random) throws JsonProcessingException {
        List<Place> places = places(root);
        if (places.isEmpty()) {
            return;
        }
        // Half of the time near the root, where there are few places.
        int bound = random.nextBoolean() ? Math.min(places.size(), 12) : places.size();
        Place place = places.get(random.nextInt(bound));
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        switch (random.nextInt(6)) {
            case 0 -> place.remove();
            case 1 -> place.set(places.get(random.nextInt(places.size())).get().deepCopy());
            case 2 -> place.set(JSON.createArrayNode().add(place.get().deepCopy()));
            case 3 -> root.set(KEYS.get(random.nextInt(KEYS.size())), value);
            case 4 -> {
                if (place.get() instanceof ArrayNode array && !array.isEmpty()) {
                    array.add(array.get(0).deepCopy());
                }
            }
            default -> place.set(value);
        }
    }

    private static ObjectNode gaussian(Random random) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(
                random.nextInt(4) == 0
                        ? "{\"kind\": \"linear-gaussian\", \"state_dim\": 2, \"obs_dim\": 2, \"action_dim\": 1}"
                        : "{\"kind\": \"linear-gaussian\", \"F\": [[1, 0.1], [0, 0.9]], \"H\": [[1, 0]],"
                                + " \"Q\": [[0.1, 0], [0, 0.1]], \"R\": [[1]], \"initial_mean\": [0, 0],"
                                + " \"initial_covariance\": [[1, 0], [0, 1]], \"G\": [[0], [1]],"
                                + " \"preference_mean\": [1], \"preference_precision\": [[1]],"
                                + " \"control_precision\": [[0.1]], \"horizon\": 3}");
    }

    @Property(tries = 1500)
    void mutatedDiscreteModels(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        ObjectNode tree = new RandomModels(random)
                .maxStates(3)
                .maxPolicyLength(2)
                .zeros(random.nextInt(2) * 0.4)
                .json();
        for (int n = random.nextInt(3); n >= 0; n--) {
            mutate(tree, random);
        }
        assertModelOrSentence(tree.toString());
    }

    @Property(tries = 1500)
    void mutatedGaussianModels(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        ObjectNode tree = gaussian(random);
        for (int n = random.nextInt(3); n >= 0; n--) {
            mutate(tree, random);
        }
        assertModelOrSentence(tree.toString());
    }

    @Property(tries = 800)
    void mutatedTexts(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(
                (random.nextBoolean() ? gaussian(random) : new RandomModels(random).json()).toString());
        String odd = "[]{},:\"'-?!&*#|>%@`~ \n\t0.eE\u0000\uFEFF";
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(text.length());
            String sign = odd.substring(at % odd.length(), at % odd.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, sign);
                case 1 -> text.setCharAt(at, sign.charAt(0));
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            }
            if (text.isEmpty()) {
                text.append(' ');
            }
        }
        assertModelOrSentence(text.toString());
    }

    /** Read, described, compiled and run for a step, in both notations. */
    private static void assertModelOrSentence(String text) {
        for (boolean yaml : new boolean[] {false, true}) {
            try {
                ParsedModel parsed = ModelFile.parseWithKeys(text, "model", yaml);
                assertFalse(ModelDescription.of(parsed.model()).isEmpty());
                ModelWarnings.of(parsed)
                        .forEach(warning -> assertFalse(warning.sentence().isBlank()));
                InferenceKernel kernel = InferenceKernel.compile(parsed.model());
                assertTrue(KernelCost.of(parsed.model()).total().multiplyAdds() > 0);
                step(kernel);
            } catch (InvalidModelException e) {
                assertFalse(e.getMessage().isBlank());
                assertFalse(e.getMessage().contains("Exception"), e.getMessage());
                assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
            }
        }
    }

    private static void step(InferenceKernel kernel) {
        AgentBlock block = kernel.block(2, 0);
        ObservationBlock seen = new ObservationBlock(2, 2, kernel.observationWidth(), kernel.actionWidth());
        seen.setObservation(0, 0, 0, 0);
        ResultBlock results = new ResultBlock(2, 2, kernel.layout());
        block.start(0, 1);
        block.start(1, 2);
        block.step(2, seen, 0, results);
        block.step(2, seen, 1, results);
        for (String name : List.of("belief", "neg_efe", "policy_posterior")) {
            kernel.layout().find(name).ifPresent(column -> {
                for (int k = 0; k < column.width(); k++) {
                    assertTrue(Double.isFinite(results.get(1, column.offset() + k, 0)), name);
                }
            });
        }
    }
}
