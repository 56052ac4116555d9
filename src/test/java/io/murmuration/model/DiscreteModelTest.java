package io.murmuration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.DiscreteModel.Counts;
import io.murmuration.model.DiscreteModel.Factor;
import io.murmuration.model.DiscreteModel.Labels;
import io.murmuration.model.DiscreteModel.Modality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscreteModelTest {
    private static final String MODEL =
            """
            kind: discrete
            A: [[[0.5, 0.25], [0.5, 0.75]]]
            B: [[[[1], [0]], [[0], [1]]]]
            pD: [[1, 1]]
            factors: [{name: place, states: [here, there], actions: [stay]}]
            modalities: [{name: look, outcomes: [light, dark]}]
            """;

    @Test
    void itDoesNotChangeWithTheListsThatItWasMadeOf() {
        DiscreteModel model = (DiscreteModel) ModelFile.parse(MODEL, "model", true);
        List<Integer> ofA = new ArrayList<>(List.of(0));
        List<List<Integer>> aDependencies = new ArrayList<>(List.of(ofA));
        List<List<Integer>> bDependencies = new ArrayList<>(List.of(List.of(0)));
        List<Tensor> pD = new ArrayList<>(model.counts().pD());
        List<String> states = new ArrayList<>(List.of("here", "there"));
        List<String> outcomes = new ArrayList<>(List.of("light", "dark"));
        List<Factor> factors = new ArrayList<>(List.of(new Factor("place", states, List.of("stay"))));
        DiscreteModel same = new DiscreteModel(
                model.name(),
                model.A(),
                model.B(),
                model.C(),
                model.D(),
                model.E(),
                aDependencies,
                bDependencies,
                model.policies(),
                model.gamma(),
                model.alpha(),
                model.algorithm(),
                model.terms(),
                new Counts(List.of(), List.of(), pD),
                model.learning(),
                model.inductive(),
                model.selection(),
                model.sampling(),
                new Labels(factors, List.of(new Modality("look", outcomes))));
        ofA.clear();
        for (List<?> list : List.of(aDependencies, bDependencies, pD, states, outcomes, factors)) {
            list.clear();
        }
        assertEquals(model.aDependencies(), same.aDependencies());
        assertEquals(model.bDependencies(), same.bDependencies());
        assertEquals(model.counts(), same.counts());
        assertEquals(model.labels(), same.labels());
    }
}
