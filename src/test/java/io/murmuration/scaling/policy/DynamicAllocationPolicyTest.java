package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.instances;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DynamicAllocationPolicyTest {
    private static Ticks ticks(int executors) {
        return new Ticks(new DynamicAllocationPolicy(Ticks.CONTEXT, 60), executors);
    }

    @Test
    void allTasksThatRunOrWaitGetSlotsAtOnce() {
        // 8 tasks run on 2 executors of 4 slots; 50 of work, at 2.5 a task, are 20 that wait.
        assertEquals(7, instances(ticks(2).load(20, 50)));
    }

    @Test
    void executorsWithoutATaskGoAfterAMinute() {
        Ticks ticks = ticks(5);
        assertEquals(5, instances(ticks.loads(3, 0)));
        assertEquals(0, instances(ticks.load(0)));
    }

    @Test
    void tasksDealtOutAtRandomKeepHalfLoadedExecutorsBusy() {
        // 8 tasks on 16 slots leave one of 4 executors without with 8·7·6·5 / (16·15·14·13) = 0.0385 a tick: four ticks
        // in a row happen 4 · 0.0385⁴ of the time.
        assertEquals(4, instances(ticks(4).loads(1000, 20)));
    }

    @Test
    void whatIsDueInExpectationGoes() {
        // 1 task on 80 slots leaves an executor without with 76·79·78·77 / (80·79·78·77) = 0.95 a tick, so that
        // 20 · 0.95⁴ = 16.3 are due after four.
        assertEquals(4, instances(ticks(20).loads(4, 2.5)));
    }
}
