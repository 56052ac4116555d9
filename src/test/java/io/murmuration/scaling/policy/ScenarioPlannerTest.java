package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.plant.Provisioning;
import io.murmuration.scaling.policy.ScenarioPlanner.Cadence;
import io.murmuration.scaling.policy.ScenarioPlanner.Plan;
import io.murmuration.scaling.policy.ScenarioPlanner.Situation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScenarioPlannerTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));
    private final ScenarioPlanner planner = new ScenarioPlanner(CONTEXT);

    @Test
    void theLoadMayChangeWhenASampleEnds() {
        Cadence cadence = new Cadence(3, 20);
        assertFalse(cadence.changesWithin(0, 2));
        assertTrue(cadence.changesWithin(0, 3));
        assertTrue(cadence.changesWithin(3, 0));
        assertFalse(cadence.changesWithin(4, 18));
        assertTrue(cadence.changesWithin(4, 19));
    }

    @Test
    void aRiseThatIsCertainIsMetByWhatTheQueueCannotTake() {
        // A load of 8 for ever. Four intervals pass before an order of the next interval comes: with n instances the
        // queue
        // grows to 5 (8 - n) in five, and may be 2 n: n = 6 are enough, and 5 are not.
        assertEquals(6, plan(8, 1000).floor());
    }

    @Test
    void whatIsCheapIsNotProvidedFor() {
        assertEquals(1, plan(8, 0.01).floor());
    }

    @Test
    void aLoadThatFallsNeedsNoFloor() {
        Plan plan = plan(1, 1000);
        assertEquals(1, plan.floor());
        assertEquals(0, plan.risk());
    }

    @Test
    void moreIsPaidForLessRiskWhereAViolationCostsMore() {
        double[][] scenarios = new double[20][10];
        for (int i = 0; i < scenarios.length; i++) {
            java.util.Arrays.fill(scenarios[i], 1 + i);
        }
        int before = 0;
        double risk = 1;
        for (double price : new double[] {1, 10, 100, 1000}) {
            Plan plan = planner.plan(situation(scenarios), price, 30);
            assertTrue(plan.floor() >= before, "floor " + plan.floor() + " at the price " + price);
            assertTrue(plan.risk() <= risk, "risk " + plan.risk() + " at the price " + price);
            before = plan.floor();
            risk = plan.risk();
        }
        assertTrue(before > 5, "the floor rises with the price");
    }

    private Plan plan(double next, double price) {
        double[][] scenarios = new double[1][10];
        java.util.Arrays.fill(scenarios[0], next);
        return planner.plan(situation(scenarios), price, 1);
    }

    /** Two instances, a load of 2 that ends in four intervals and then stays for twenty; an order takes four. */
    private static Situation situation(double[][] scenarios) {
        return new Situation(new Provisioning(4, 2), 2, 0, new Cadence(4, 20), scenarios);
    }
}
