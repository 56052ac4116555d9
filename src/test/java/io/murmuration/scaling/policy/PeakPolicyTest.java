package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.CONTEXT;
import static io.murmuration.scaling.policy.Ticks.instances;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.Wish;
import org.junit.jupiter.api.Test;

class PeakPolicyTest {
    @Test
    void theLargerOfPresentWorkAndTheLastHourHeldForFiveTicks() {
        Ticks ticks = new Ticks(new PeakPolicy(CONTEXT, 1, 0.5), 4);
        // 30 + 40 / 4
        Wish present = ticks.load(30, 40);
        assertEquals(4, instances(present));
        assertEquals("1 x load 30 + queue 40 / 4 is 40: 4", present.reason());
        assertEquals(4, instances(ticks.loads(4, 10)));
        // The second tick, whose median of 30 and 10 was 20, is still within five; then it is not.
        assertEquals(2, instances(ticks.load(10)));
        assertEquals(1, instances(ticks.load(10)));
        Wish hour = ticks.load(0);
        assertEquals("the 0.5 quantile of the last hour is 10: 1", hour.reason());
    }

    @Test
    void itForgetsWhatIsOlderThanAnHour() {
        Ticks ticks = new Ticks(new PeakPolicy(CONTEXT, 1, 1), 4);
        ticks.load(50);
        assertEquals(5, instances(ticks.loads(239 + 4, 10)));
        assertEquals(1, instances(ticks.load(10)));
    }
}
