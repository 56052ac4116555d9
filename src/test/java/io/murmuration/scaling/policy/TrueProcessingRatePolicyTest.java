package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.instances;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.murmuration.scaling.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrueProcessingRatePolicyTest {
    /** Ticks that a window of 15 minutes takes, both ends included. */
    private static final int WINDOW = 61;

    private static final int HOUR = 240;
    private static final int FIVE_MINUTES = 20;

    private final Ticks ticks = new Ticks(new TrueProcessingRatePolicy(Ticks.CONTEXT, 0.7), 4);

    @Test
    void inputOverTargetIsTheNumberOfInstances() {
        assertInstanceOf(Wish.Hold.class, ticks.loads(WINDOW - 1, 50));
        // ⌈50 / 0.7 / 10⌉
        assertEquals(8, instances(ticks.load(50)));
    }

    @Test
    void theLagIsToBeGoneInHalfAnHour() {
        ticks.loads(WINDOW - 1, 50);
        // 50 / 0.7 + 1200 / 120 = 81.4
        assertEquals(9, instances(ticks.load(50, 1200)));
    }

    @Test
    void withinTheBandNothingChanges() {
        assertInstanceOf(Wish.Hold.class, ticks.loads(1000, 39));
        assertInstanceOf(
                Wish.Hold.class, new Ticks(new TrueProcessingRatePolicy(Ticks.CONTEXT, 0.7), 4).loads(1000, 17));
    }

    @Test
    void fewerWaitAnHourAndAreTheMostFoundInIt() {
        ticks.with(10, 10);
        // ⌈20 / 0.7 / 10⌉ = 3, but not less than 0.4 of 10.
        assertInstanceOf(Wish.Hold.class, ticks.loads(WINDOW - 1 + HOUR, 20));
        assertEquals(4, instances(ticks.load(20)));
    }

    @Test
    void afterAChangeFiveMinutesAndAWindowPass() {
        ticks.carryOut(ticks.loads(WINDOW, 50));
        // The ticks of the first five minutes are passed over.
        assertInstanceOf(Wish.Hold.class, ticks.loads(FIVE_MINUTES + WINDOW - 2, 100));
        assertEquals(15, instances(ticks.load(100)));
    }

    @Test
    void aClockThatIsSetBackBeginsTheWindowAnewAndNoMore() {
        ticks.carryOut(ticks.loads(WINDOW, 50));
        ticks.setBack(Duration.ofHours(2));
        assertInstanceOf(Wish.Hold.class, ticks.loads(FIVE_MINUTES + WINDOW - 2, 100));
        assertEquals(15, instances(ticks.load(100)));
    }
}
