package io.murmuration.cluster.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes in whatever order, whatever fails: each task ends once, and each agent's in their order. */
class TaskQueueLawsTest {
    private static final ModelReference MODEL = new ModelReference("m", "0".repeat(64));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 300)
    void everyTaskEndsOnceAndEachAgentsInTheirOrder(@ForAll long seed) {
        Random random = new Random(seed);
        TaskQueue queue = new TaskQueue(1 + random.nextInt(6), Duration.ofMillis(random.nextInt(3)), 2);
        queue.allowInFlight(1 + random.nextInt(4));
        Set<Long> poisoned = new HashSet<>();
        Map<Long, String> ends = new HashMap<>();
        Map<String, List<Long>> order = new HashMap<>();
        List<MicroBatch> flying = new ArrayList<>();
        int tasks = 1 + random.nextInt(60);
        long submitted = 0;
        Instant now = T0;
        while (submitted < tasks || queue.waiting() + queue.dispatched() > 0) {
            now = now.plusMillis(1);
            int action = random.nextInt(4);
            if (action == 0 && submitted < tasks) {
                long number = ++submitted;
                if (random.nextInt(15) == 0) {
                    poisoned.add(number);
                }
                Optional<Instant> deadline =
                        random.nextInt(8) == 0 ? Optional.of(now.plusMillis(random.nextInt(20))) : Optional.empty();
                queue.add(new AcceptedTask(
                        number,
                        new InferenceRequest(
                                "agent-" + random.nextInt(5),
                                Observation.ofOutcomes(0),
                                MODEL,
                                OptionalLong.empty(),
                                random.nextInt(3),
                                deadline),
                        random.nextBoolean(),
                        now));
            } else if (action == 1) {
                queue.takeOverdue(now).forEach(task -> end(ends, task, "overdue"));
                queue.take(now).ifPresent(flying::add);
            } else if (action == 2 && !flying.isEmpty()) {
                land(queue, flying.remove(random.nextInt(flying.size())), random, poisoned, ends, order);
            } else if (action == 3 && submitted > 0 && random.nextInt(10) == 0) {
                long number = 1 + random.nextInt((int) submitted);
                if (queue.cancel(number)) {
                    assertEquals(null, ends.put(number, "cancelled"));
                }
            }
            assertEquals(submitted, ends.size() + queue.waiting() + queue.dispatched());
        }
        assertEquals(tasks, ends.size());
        order.values().forEach(done -> assertEquals(done.stream().sorted().toList(), done));
        ends.forEach((number, end) -> assertTrue(!end.equals("failed") || poisoned.contains(number)));
    }

    private static void land(
            TaskQueue queue,
            MicroBatch batch,
            Random random,
            Set<Long> poisoned,
            Map<Long, String> ends,
            Map<String, List<Long>> order) {
        Set<BeliefKey> keys = new HashSet<>();
        batch.runs().forEach(run -> assertTrue(keys.add(run.key())));
        if (batch.tasks().anyMatch(task -> poisoned.contains(task.number()))) {
            queue.givesUp(batch).ifPresent(task -> end(ends, task, "failed"));
            queue.failed(batch);
        } else if (random.nextInt(6) == 0) {
            // A worker died, of which nobody knows whether a task killed it: nothing that is alone may fail for that.
            if (queue.givesUp(batch).isPresent()) {
                queue.repeat(batch);
            } else {
                queue.failed(batch);
            }
        } else {
            batch.tasks().forEach(task -> {
                end(ends, task, "completed");
                order.computeIfAbsent(task.request().agent(), unused -> new ArrayList<>())
                        .add(task.number());
            });
            queue.succeeded(batch);
        }
    }

    private static void end(Map<Long, String> ends, AcceptedTask task, String how) {
        assertEquals(null, ends.put(task.number(), how));
    }
}
