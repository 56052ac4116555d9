package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.instances;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.murmuration.scaling.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThresholdPolicyTest {
    private final Ticks ticks = new Ticks(new ThresholdPolicy(Ticks.CONTEXT, 0.8), 4);

    @Test
    void oneMoreAfterThreeMinutesAbove() {
        assertInstanceOf(Wish.Hold.class, ticks.loads(11, 33));
        assertEquals(5, instances(ticks.load(33)));
    }

    @Test
    void oneTickBelowBeginsTheThreeMinutesAgain() {
        ticks.loads(11, 33);
        ticks.load(32);
        assertInstanceOf(Wish.Hold.class, ticks.loads(11, 33));
        assertEquals(5, instances(ticks.load(33)));
    }

    @Test
    void oneLessAfterThreeMinutesBelow() {
        assertInstanceOf(Wish.Hold.class, ticks.loads(11, 11));
        assertEquals(3, instances(ticks.load(11)));
    }

    @Test
    void nothingForFiveMinutesAfterAChange() {
        ticks.carryOut(ticks.loads(12, 39));
        assertInstanceOf(Wish.Hold.class, ticks.loads(19, 60));
        assertEquals(6, instances(ticks.load(60)));
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongTheRestByAsMuch() {
        ticks.carryOut(ticks.loads(12, 39));
        ticks.setBack(Duration.ofHours(1));
        assertInstanceOf(Wish.Hold.class, ticks.loads(19, 60));
        assertEquals(6, instances(ticks.load(60)));
    }
}
