package io.murmuration.scaling.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.murmuration.scaling.plant.PlantStep;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacktestMeasuresTest {
    /** Demands of 1, 2, 4, 4, 2 instances. */
    private static final LoadTrace TRACE = new LoadTrace("five", Instant.EPOCH, new double[] {10, 15, 40, 35, 20}, 10);

    private static PlantStep step(int step, int desired, int ready, int billed, double queue) {
        double delay = queue / (ready * 10.0) * 15;
        return new PlantStep(step, TRACE.loads()[step], desired, ready, billed, 1, queue, delay, delay > 30);
    }

    /** Four steps that count: supplies of 4, 2, 5, 2 over demands of 2, 4, 4, 2. */
    private static Map<Measure, Double> measured() {
        BacktestMeasures measures = new BacktestMeasures(TRACE, 1);
        measures.add(step(0, 1, 1, 1, 900));
        measures.add(step(1, 4, 4, 4, 0));
        measures.add(step(2, 2, 2, 3, 60));
        measures.add(step(3, 5, 5, 5, 0));
        measures.add(step(4, 5, 2, 2, 20));
        return measures.all();
    }

    private static void expect(double expected, Measure measure) {
        assertEquals(expected, measured().get(measure), 1e-12, measure.name());
    }

    @Test
    void violationsAndCostAreOverTheStepsThatCount() {
        // Delays of 0, 45, 0, 15 s.
        expect(25, Measure.SLO_VIOLATION_PERCENT);
        // (4 + 3 + 5 + 2) / (2 + 4 + 4 + 2)
        expect(14 / 12.0, Measure.RELATIVE_COST);
    }

    @Test
    void accuracyIsWhatIsMissingOrTooMuch() {
        // 2 of 4 are missing in one step of four.
        expect(100 * 0.5 / 4, Measure.UNDER_ACCURACY);
        // 2 over 2, and 1 over 4.
        expect(100 * 1.25 / 4, Measure.OVER_ACCURACY);
        // 2 of 4, and 1 of 5.
        expect(100 * 0.7 / 4, Measure.OVER_ACCURACY_OF_SUPPLY);
    }

    @Test
    void timeSharesCountSteps() {
        expect(25, Measure.UNDER_TIME_SHARE);
        expect(50, Measure.OVER_TIME_SHARE);
    }

    @Test
    void instabilityIsWhereSupplyAndDemandMoveDifferently() {
        // Supply −, +, −; demand +, 0, −.
        expect(100 * 2 / 3.0, Measure.INSTABILITY);
    }

    @Test
    void deviationIsTheDistanceOfTheFiveFromZero() {
        double sum = 0;
        for (double x : new double[] {12.5, 31.25, 25, 50, 200 / 3.0}) {
            sum += Math.pow(x, 5);
        }
        assertEquals(Math.pow(sum, 0.2), measured().get(Measure.DEVIATION), 1e-9);
    }

    @Test
    void delaysHaveAQuantileAMaximumAndAnEnd() {
        expect(45, Measure.QUEUE_SECONDS_MAX);
        // Of 0, 0, 15, 45 at place 0.99 · 3 = 2.97.
        expect(15 + 0.97 * 30, Measure.QUEUE_SECONDS_P99);
        expect(2, Measure.FINAL_BACKLOG);
    }

    @Test
    void actionsAreCountedADay() {
        // Wishes of 4, 2, 5, 5: two changes, the second one back; four steps are 1/1440 of a day.
        expect(2 * 1440, Measure.ACTIONS_A_DAY);
        expect(1440, Measure.REVERSALS_A_DAY);
    }

    @Test
    void nothingToMeasureIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BacktestMeasures(TRACE, 5));
    }
}
