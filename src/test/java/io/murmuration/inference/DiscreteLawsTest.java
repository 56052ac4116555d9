package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.RandomModels;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every discrete model. */
class DiscreteLawsTest {
    private static final int STEPS = 5;

    @Property(tries = 150)
    void beliefsAndPosteriorsAreDistributions(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random).model();
        ObservationBlock seen = Runs.observations(model, 2, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < 2; i++) {
                double[] belief = Runs.column(kernel, results, "belief", t, i);
                int start = 0;
                for (int f = 0; f < model.factors(); f++) {
                    assertDistribution(Arrays.copyOfRange(belief, start, start + model.states(f)));
                    start += model.states(f);
                }
                assertDistribution(Runs.column(kernel, results, "policy_posterior", t, i));
                assertEquals(0, Runs.column(kernel, results, "impossible", t, i)[0]);
            }
        }
    }

    private static void assertDistribution(double[] p) {
        assertEquals(1, Arrays.stream(p).sum(), 1e-12);
        assertTrue(Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1 + 1e-15));
    }

    @Property(tries = 150)
    void freeEnergyIsNeverBelowSurprise(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode tree = new RandomModels(random)
                .factors(2, 3)
                .algorithm("fpi")
                .withoutExtras()
                .json();
        DiscreteModel model = RandomModels.parse(tree);
        ObservationBlock seen = Runs.observations(model, 1, 1, random);
        InferenceKernel meanField = InferenceKernel.compile(model);
        tree.putObject("inference").put("algorithm", "exact");
        InferenceKernel exact = InferenceKernel.compile(RandomModels.parse(tree));
        double bound = Runs.column(meanField, Runs.run(meanField, seen), "free_energy", 0, 0)[0];
        double surprise = Runs.column(exact, Runs.run(exact, seen), "free_energy", 0, 0)[0];
        assertTrue(bound >= surprise - 1e-12, bound + " is below " + surprise);
    }

    @Property(tries = 100)
    void lanesTradePlacesExactly(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random).model();
        ObservationBlock seen = Runs.observations(model, 4, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        int[] order = {2, 0, 3, 1};
        ResultBlock moved = Runs.run(kernel, Runs.lanes(seen, model, order), order);
        for (int i = 0; i < order.length; i++) {
            assertSameBits(kernel, results, order[i], moved, i, 0, STEPS);
        }
    }

    @Property(tries = 100)
    void aLaneAloneIsTheLaneInABlock(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random).model();
        ObservationBlock seen = Runs.observations(model, 3, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        for (int i = 0; i < 3; i++) {
            ResultBlock alone = Runs.run(kernel, Runs.lanes(seen, model, i), i);
            assertSameBits(kernel, results, i, alone, 0, 0, STEPS);
        }
    }

    private static void assertSameBits(
            InferenceKernel kernel, ResultBlock one, int lane, ResultBlock other, int place, int from, int to) {
        for (int t = from; t < to; t++) {
            for (int k = 0; k < kernel.layout().width(); k++) {
                assertEquals(
                        Double.doubleToRawLongBits(one.get(t, k, lane)),
                        Double.doubleToRawLongBits(other.get(t, k, place)),
                        "value " + k + " at step " + t);
            }
        }
    }

    @Property(tries = 150)
    void goingOnFromAStateIsGoingOn(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random).model();
        ObservationBlock seen = Runs.observations(model, 2, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        AgentBlock whole = kernel.block(2, Runs.SEED);
        ResultBlock results = new ResultBlock(2, STEPS, kernel.layout());
        whole.start(0, Runs.key(0));
        whole.start(1, Runs.key(1));
        int cut = 1 + random.nextInt(STEPS - 1);
        AgentState state = null;
        for (int t = 0; t < STEPS; t++) {
            if (t == cut) {
                state = AgentStateCodec.decode(AgentStateCodec.encode(whole.state(1)));
            }
            whole.step(2, seen, t, results);
        }
        ObservationBlock swapped = Runs.lanes(seen, model, 1);
        AgentBlock rest = kernel.block(1, Runs.SEED);
        ResultBlock later = new ResultBlock(1, STEPS, kernel.layout());
        // A lane that was used before keeps nothing of it.
        rest.start(0, 99);
        rest.step(1, swapped, 0, later);
        rest.resume(0, Runs.key(1), state);
        for (int t = cut; t < STEPS; t++) {
            rest.step(1, swapped, t, later);
        }
        assertSameBits(kernel, results, 1, later, 0, cut, STEPS);
        assertArrayEquals(AgentStateCodec.encode(whole.state(1)), AgentStateCodec.encode(rest.state(0)));
    }
}
