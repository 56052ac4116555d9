package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.LinearGaussianModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** A lane's results do not depend on the block it is in, to the last bit. */
@Label("Lanes of linear-Gaussian agents do not mix")
class LinearGaussianLanesTest {
    private static final int LANES = 13;
    private static final int STEPS = 6;

    /** Copies a lane's observations and actions from one block to another. */
    private static void copy(ObservationBlock source, int lane, ObservationBlock target, int targetLane, int width) {
        for (int t = 0; t < source.steps(); t++) {
            for (int e = 0; e < width; e++) {
                target.setObservation(t, e, targetLane, source.observation(t, e, lane));
            }
            for (int k = 0; k < source.actionWidth(); k++) {
                target.setAction(t, k, targetLane, source.action(t, k, lane));
            }
        }
    }

    private static void assertSameBits(
            InferenceKernel kernel, ResultBlock expected, int lane, ResultBlock actual, int actualLane, int step) {
        for (int i = 0; i < kernel.layout().width(); i++) {
            assertEquals(
                    Double.doubleToRawLongBits(expected.get(step, i, lane)),
                    Double.doubleToRawLongBits(actual.get(step, i, actualLane)),
                    "value " + i + " of step " + step);
        }
    }

    @Property(tries = 50)
    void permutedLanesHavePermutedResults(@ForAll long seed) {
        Random random = new Random(seed);
        LinearGaussianModel model = GaussianCases.random(random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, LANES, STEPS, random);
        List<Integer> order = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            order.add(lane);
        }
        Collections.shuffle(order, random);
        ObservationBlock permuted = new ObservationBlock(LANES, STEPS, model.observationWidth(), model.actionWidth());
        for (int lane = 0; lane < LANES; lane++) {
            copy(seen, lane, permuted, order.get(lane), model.observationWidth());
        }
        ResultBlock results = GaussianCases.run(kernel, seen);
        ResultBlock permutedResults = GaussianCases.run(kernel, permuted);
        for (int lane = 0; lane < LANES; lane++) {
            for (int t = 0; t < STEPS; t++) {
                assertSameBits(kernel, results, lane, permutedResults, order.get(lane), t);
            }
        }
    }

    @Property(tries = 50)
    void aLaneAloneIsTheLaneInABlock(@ForAll long seed) {
        Random random = new Random(seed);
        LinearGaussianModel model = GaussianCases.random(random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, LANES, STEPS, random);
        ResultBlock results = GaussianCases.run(kernel, seen);
        for (int lane = 0; lane < LANES; lane++) {
            ObservationBlock alone = new ObservationBlock(1, STEPS, model.observationWidth(), model.actionWidth());
            copy(seen, lane, alone, 0, model.observationWidth());
            ResultBlock aloneResults = GaussianCases.run(kernel, alone);
            for (int t = 0; t < STEPS; t++) {
                assertSameBits(kernel, results, lane, aloneResults, 0, t);
            }
        }
    }

    @Property(tries = 50)
    void whatIsResumedInAnotherLaneAmongOthersGoesOnAsIfNothingHadBeen(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        LinearGaussianModel model = GaussianCases.random(random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, 1, STEPS, random);
        ResultBlock results = GaussianCases.run(kernel, seen);
        int stop = random.nextInt(STEPS + 1);
        AgentBlock before = kernel.block(1, 0);
        before.start(0, 0);
        for (int t = 0; t < stop; t++) {
            before.step(1, seen, t, new ResultBlock(1, STEPS, kernel.layout()));
        }
        AgentState state = before.state(0);
        int lane = random.nextInt(LANES);
        ObservationBlock others = GaussianCases.observations(model, LANES, STEPS, random);
        copy(seen, 0, others, lane, model.observationWidth());
        AgentBlock after = kernel.block(LANES, 0);
        ResultBlock afterResults = new ResultBlock(LANES, STEPS, kernel.layout());
        for (int i = 0; i < LANES; i++) {
            after.start(i, i);
        }
        after.step(LANES, others, 0, afterResults);
        after.resume(lane, 0, AgentStateCodec.decode(AgentStateCodec.encode(state)));
        for (int t = stop; t < STEPS; t++) {
            after.step(LANES, others, t, afterResults);
            assertSameBits(kernel, results, 0, afterResults, lane, t);
        }
    }
}
