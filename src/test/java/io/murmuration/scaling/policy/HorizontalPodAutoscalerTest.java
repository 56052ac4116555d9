package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.instances;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HorizontalPodAutoscalerTest {
    private static Ticks onLoad(int instances) {
        return new Ticks(HorizontalPodAutoscaler.onLoad(0.5), instances);
    }

    @Test
    void usageOverTargetIsTheNumberOfInstances() {
        // 38 of load keep 3.8 instances busy, which is 7.6 at half.
        assertEquals(8, instances(onLoad(4).load(38)));
    }

    @Test
    void withinTenPercentOfTheTargetThePresentNumberStays() {
        // 22 / 40 is 0.55, 10 % over the target, and ⌈2.2 / 0.5⌉ would be 5.
        assertEquals(4, instances(onLoad(4).load(21.9)));
        assertEquals(5, instances(onLoad(4).load(22.1)));
    }

    @Test
    void fewerWaitUntilNothingOfFiveMinutesRecommendsMore() {
        Ticks ticks = onLoad(10);
        assertEquals(10, instances(ticks.load(50)));
        assertEquals(10, instances(ticks.loads(20, 10)));
        assertEquals(2, instances(ticks.load(10)));
    }

    @Test
    void aClockThatIsSetBackBeginsTheFiveMinutesAnewAndNoMore() {
        Ticks ticks = onLoad(10);
        assertEquals(10, instances(ticks.load(50)));
        ticks.setBack(Duration.ofHours(1));
        assertEquals(10, instances(ticks.loads(20, 10)));
        assertEquals(2, instances(ticks.load(10)));
    }

    @Test
    void moreComeByDoublingOrFourInFifteenSeconds() {
        assertEquals(5, instances(onLoad(1).load(200)));
        assertEquals(20, instances(onLoad(10).load(200)));
    }

    @Test
    void instancesOnTheirWayCountWhereTheReadyOnesAreTooBusy() {
        // Three ready ones alone would be at 0.83; with the two on their way it is 0.5, and nothing changes.
        assertEquals(5, instances(onLoad(3).with(3, 5).load(25)));
        // With seven on their way it would be too little: the direction would turn, and nothing changes.
        assertEquals(10, instances(onLoad(3).with(3, 10).load(25)));
        // 40 are too much for five, too.
        assertEquals(8, instances(onLoad(3).with(3, 5).load(40)));
    }

    @Test
    void utilisationSaysNothingOfWhatWaits() {
        Ticks ticks = new Ticks(HorizontalPodAutoscaler.onUtilisation(0.5), 4);
        assertEquals(8, instances(ticks.load(40, 1000)));
    }
}
