package io.murmuration.scaling.policy.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LoadModelTest {
    private static final LoadModel MODEL = new LoadModel(60);
    private static final DiscreteModel BUILT = MODEL.build(5, 2, 100, Variant.WHOLE);

    /** Twice the capacity leaves 1, 2, 3, 4, 5 capacities in the queue; three of them are more than 2. */
    @Test
    void aQueueIsOverItsTargetFromTheIntervalOnInWhichItHasGrownBeyondIt() {
        assertEquals(0.6, LoadModel.violated(2, 5, 2));
    }

    /** 1.4 times the capacity leaves 0.4 an interval: 2 after five, just within. */
    @Test
    void whatTheQueueTakesUpWithinAHorizonIsNoViolation() {
        assertEquals(0, LoadModel.violated(1.4, 5, 2));
        assertEquals(0, LoadModel.violated(0.5, 5, 2));
        assertEquals(7.0 / 13, LoadModel.violated(1.3, 13, 2));
    }

    @Property
    void moreWorkViolatesNoLess(
            @ForAll @DoubleRange(min = 0.1, max = 20) double excess,
            @ForAll @DoubleRange(min = 0, max = 1) double more,
            @ForAll @IntRange(min = 1, max = 40) int horizon) {
        double share = LoadModel.violated(excess, horizon, 2);
        assertTrue(share >= 0 && share <= 1);
        assertTrue(LoadModel.violated(excess + more, horizon, 2) >= share);
    }

    @Test
    void theMeanOfTheCostIsBaseTimesCapacityUpToTheLastClass() {
        Tensor cost = BUILT.A().get(3);
        Tensor preferred = BUILT.C().get(3);
        int capacities = MODEL.capacities().size();
        int columns = MODEL.levels().size() * capacities;
        for (int column = 0; column < columns; column++) {
            double mean = 0;
            for (int outcome = 0; outcome < cost.length(0); outcome++) {
                mean -= cost.get(outcome * columns + column) * preferred.get(outcome);
            }
            double instances = MODEL.levels().centre(column / capacities)
                    * MODEL.capacities().centre(column % capacities);
            assertEquals(Math.min(-preferred.get(cost.length(0) - 1), instances), mean, 1e-9);
        }
    }

    @Test
    void beforeAnyObservationTheWorkKeepsItsClassInFourOfFiveHorizons() {
        Tensor trend = BUILT.B().get(LoadModel.TREND);
        int columns = trend.size() / trend.length(0);
        int same = MODEL.trends().index(1);
        for (int column = 0; column < columns; column++) {
            assertEquals(0.8, trend.get(same * columns + column), 1e-12);
        }
        Tensor level = BUILT.B().get(LoadModel.LEVEL);
        for (int i = 0; i < MODEL.levels().size(); i++) {
            assertEquals(0.8, level.get(i * MODEL.levels().size() + i), 1e-12);
        }
    }
}
