package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.ModelFile;
import io.murmuration.model.RandomModels;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Models with many zeros, which hold many observations impossible. */
class ImpossibleObservationsTest {
    private static final int STEPS = 8;

    @Property(tries = 200)
    void allNumbersAreFinite(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random).zeros(0.6).model();
        ObservationBlock seen = Runs.observations(model, 2, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        int logProbability = kernel.layout().offset("action_log_probability");
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < 2; i++) {
                for (int k = 0; k < kernel.layout().width(); k++) {
                    double value = results.get(t, k, i);
                    boolean noneRecorded = k == logProbability && Double.isNaN(value);
                    assertTrue(noneRecorded || Double.isFinite(value), "value " + k + " at step " + t);
                }
            }
        }
    }

    @Property(tries = 300)
    void theFirstObservationIsFlaggedWhereTheModelHoldsItImpossible(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model =
                new RandomModels(random).zeros(0.6).algorithm("exact").model();
        ObservationBlock seen = Runs.observations(model, 1, 1, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        double flag = Runs.column(kernel, Runs.run(kernel, seen), "impossible", 0, 0)[0];
        assertEquals(probability(model, seen) == 0 ? 1 : 0, flag);
    }

    @Test
    void manyImprobableOutcomesTogetherAreNotImpossible() {
        // Twenty modalities, each of which shows what it shows with probability 0.1 or 0.2: 1e-20 and 1e-14 in all.
        String modality = "[[0.1, 0.2], [0.9, 0.8]]";
        DiscreteModel model = (DiscreteModel) ModelFile.parse(
                "{kind: discrete, A: [" + String.join(", ", Collections.nCopies(20, modality))
                        + "], B: [[[[1], [0]], [[0], [1]]]], D: [[1, 0]]}",
                "model",
                true);
        ObservationBlock seen = new ObservationBlock(1, 1, 20, 1);
        for (int m = 0; m < 20; m++) {
            seen.setObservation(0, m, 0, 0);
        }
        InferenceKernel kernel = InferenceKernel.compile(model);
        assertEquals(0, Runs.column(kernel, Runs.run(kernel, seen), "impossible", 0, 0)[0]);
    }

    @Test
    void outcomesThatContradictEachOtherAreImpossibleTogether() {
        // The first leaves state 0 with certainty, the second state 1.
        DiscreteModel model = (DiscreteModel) ModelFile.parse(
                "{kind: discrete, A: [[[0.3, 0], [0.7, 1]], [[0, 1], [1, 0]]], B: [[[[1], [0]], [[0], [1]]]],"
                        + " D: [[0.5, 0.5]]}",
                "model",
                true);
        ObservationBlock seen = new ObservationBlock(1, 1, 2, 1);
        seen.setObservation(0, 0, 0, 0);
        seen.setObservation(0, 1, 0, 0);
        InferenceKernel kernel = InferenceKernel.compile(model);
        assertEquals(1, Runs.column(kernel, Runs.run(kernel, seen), "impossible", 0, 0)[0]);
    }

    @Property(tries = 300)
    void aMeanFieldFlagsWhatIsImpossibleInOneModality(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random)
                .zeros(0.6)
                .factors(2, 3)
                .algorithm("fpi")
                .model();
        ObservationBlock seen = Runs.observations(model, 1, 1, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        double flag = Runs.column(kernel, Runs.run(kernel, seen), "impossible", 0, 0)[0];
        boolean impossible = false;
        for (int m = 0; m < model.modalities(); m++) {
            ObservationBlock one = new ObservationBlock(1, 1, model.modalities(), model.factors());
            one.setObservation(0, m, 0, seen.observation(0, m, 0));
            impossible |= probability(model, one) == 0;
        }
        assertEquals(impossible ? 1 : 0, flag);
    }

    /** The probability of the first observation, without any floor. */
    private static double probability(DiscreteModel model, ObservationBlock seen) {
        int[] lengths = new int[model.factors()];
        Arrays.setAll(lengths, model::states);
        double[] sum = {0};
        PlainAgent.each(lengths, states -> {
            double product = 1;
            for (int f = 0; f < lengths.length; f++) {
                product *= model.D().get(f).get(states[f]);
            }
            for (int m = 0; m < model.modalities(); m++) {
                double outcome = seen.observation(0, m, 0);
                product *= Double.isNaN(outcome) ? 1 : likelihood(model, m, (int) outcome, states);
            }
            sum[0] += product;
        });
        return sum[0];
    }

    private static double likelihood(DiscreteModel model, int modality, int outcome, int[] states) {
        List<Integer> on = model.aDependencies().get(modality);
        int index = outcome;
        for (int f : on) {
            index = index * model.states(f) + states[f];
        }
        return model.A().get(modality).get(index);
    }
}
