package io.murmuration.cluster.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tasks are gathered into micro-batches, in each agent's order, and told apart when they fail")
class TaskQueueTest {
    private static final ModelReference MODEL = new ModelReference("m", "0".repeat(64));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration AGE = Duration.ofMillis(5);

    private final TaskQueue queue = new TaskQueue(4, AGE, 2);
    private long next = 1;

    TaskQueueTest() {
        queue.allowInFlight(8);
    }

    private AcceptedTask add(String agent) {
        return add(agent, 0, Optional.empty(), false);
    }

    private AcceptedTask add(String agent, int priority, Optional<Instant> deadline, boolean bulk) {
        AcceptedTask task = new AcceptedTask(
                next++,
                new InferenceRequest(agent, Observation.ofOutcomes(0), MODEL, OptionalLong.empty(), priority, deadline),
                bulk,
                T0);
        queue.add(task);
        return task;
    }

    private static List<Long> numbers(MicroBatch batch) {
        return batch.tasks().map(AcceptedTask::number).toList();
    }

    private List<Long> takeAt(Instant now) {
        return queue.take(now).map(TaskQueueTest::numbers).orElse(List.of());
    }

    @Test
    void aTaskWaitsForOthersNoLongerThanItsAge() {
        add("a");
        assertEquals(List.of(), takeAt(T0));
        assertEquals(Optional.of(T0.plus(AGE)), queue.dueAt());
        assertEquals(List.of(1L), takeAt(T0.plus(AGE)));
    }

    @Test
    void aFullMicroBatchWaitsForNothing() {
        for (String agent : List.of("a", "b", "c", "d", "e")) {
            add(agent);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L), takeAt(T0));
        assertEquals(List.of(), takeAt(T0));
    }

    @Test
    void anAgentsTasksGoInOrderAndTheNextWhenTheOnesBeforeAreDone() {
        for (int i = 0; i < 6; i++) {
            add("a");
        }
        MicroBatch first = queue.take(T0).orElseThrow();
        assertEquals(List.of(1L, 2L, 3L, 4L), numbers(first));
        assertEquals(List.of(), takeAt(T0.plusSeconds(9)));
        queue.succeeded(first);
        assertEquals(List.of(5L, 6L), takeAt(T0.plusSeconds(9)));
    }

    @Test
    void theMoreUrgentGoFirstButNeverBeforeAnEarlierOneOfTheirAgent() {
        add("a");
        add("b");
        add("c", 1, Optional.empty(), false);
        add("d", 0, Optional.of(T0.plusSeconds(60)), false);
        add("a", 9, Optional.empty(), false);
        assertEquals(List.of(1L, 5L, 3L, 4L), takeAt(T0));
        assertEquals(List.of(2L), takeAt(T0.plus(AGE)));
    }

    @Test
    void whatCameAsABatchLeavesAPlaceForWhatCameAlone() {
        queue.allowInFlight(3);
        for (int i = 0; i < 40; i++) {
            add("bulk-" + i, 0, Optional.empty(), true);
        }
        assertEquals(4, takeAt(T0).size());
        assertEquals(4, takeAt(T0).size());
        assertEquals(List.of(), takeAt(T0));
        add("single");
        assertEquals(List.of(41L), takeAt(T0.plus(AGE)));
    }

    @Test
    void aTaskWhoseDeadlineHasPassedIsTakenOut() {
        add("a", 0, Optional.of(T0.plusMillis(3)), false);
        add("a");
        assertEquals(List.of(), queue.takeOverdue(T0.plusMillis(2)));
        assertEquals(1, queue.takeOverdue(T0.plusMillis(3)).size());
        assertEquals(List.of(2L), takeAt(T0.plus(AGE)));
    }

    @Test
    void aTaskIsCancelledWhileNoWorkerHasIt() {
        add("a");
        add("a");
        assertTrue(queue.cancel(1));
        assertFalse(queue.cancel(1));
        MicroBatch batch = queue.take(T0.plus(AGE)).orElseThrow();
        assertEquals(List.of(2L), numbers(batch));
        assertFalse(queue.cancel(2));
    }

    @Test
    void aTaskThatMakesOthersFailIsFoundByHalvingAndFailsAlone() {
        for (String agent : List.of("a", "b", "poison", "d")) {
            add(agent);
        }
        add("poison");
        Optional<AcceptedTask> givenUp = Optional.empty();
        int jobs = 0;
        while (queue.waiting() + queue.dispatched() > 0) {
            MicroBatch batch = queue.take(T0.plusSeconds(++jobs)).orElseThrow();
            if (batch.tasks().anyMatch(task -> task.number() == 3)) {
                givenUp = givenUp.or(() -> queue.givesUp(batch));
                queue.failed(batch);
            } else {
                queue.succeeded(batch);
            }
        }
        assertEquals(3, givenUp.orElseThrow().number());
        // a, b and both of poison; a; b and poison; b; both of poison; the first alone, twice; its second, with d.
        assertEquals(8, jobs);
    }

    @Test
    void whenOneAgentsTasksAreHalvedTheLaterOnesWaitForTheEarlier() {
        for (int i = 0; i < 4; i++) {
            add("a");
        }
        MicroBatch all = queue.take(T0).orElseThrow();
        queue.failed(all);
        assertEquals(4, queue.outstanding(new BeliefKey(MODEL.sha256(), "a")));
        MicroBatch half = queue.take(T0).orElseThrow();
        assertEquals(List.of(1L, 2L), numbers(half));
        assertEquals(List.of(), takeAt(T0.plusSeconds(1)));
        queue.succeeded(half);
        assertEquals(List.of(3L, 4L), takeAt(T0.plusSeconds(1)));
    }

    @Test
    void noMoreMicroBatchesAreUnderWayThanMayBe() {
        queue.allowInFlight(2);
        for (int i = 0; i < 20; i++) {
            add("a" + i);
        }
        assertEquals(4, takeAt(T0).size());
        assertEquals(List.of(), takeAt(T0));
    }
}
