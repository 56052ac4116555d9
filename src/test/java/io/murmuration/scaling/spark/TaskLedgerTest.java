package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.spark.TaskLedger.Flow;
import io.murmuration.scaling.spark.TaskLedger.StageKey;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.TaskKilled;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.executor.TaskMetrics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Nil$;

@DisplayName("What tasks took, by the events of their starts and ends")
class TaskLedgerTest {
    private static final StageKey FIRST = new StageKey(1, 0);
    private static final StageKey SECOND = new StageKey(2, 0);

    private final TaskLedger ledger = new TaskLedger(at(0));

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    @Test
    void slotSecondsAreCountedOnceInTheIntervalInWhichTheyWereSpent() {
        ledger.onTaskStart(SparkEvents.start(1, 1, 0));
        ledger.onTaskStart(SparkEvents.start(1, 2, 400));
        ledger.onTaskEnd(SparkEvents.success(1, 1, 0, 700, "1"));
        // 700 ms of the one that ended, 600 ms of the one that runs.
        Flow flow = ledger.take(at(1000));
        assertEquals(1.3, flow.busySeconds(), 1e-12);
        assertEquals(1, flow.finished());
        assertEquals(0.7, flow.seconds(), 1e-12);
        ledger.onTaskEnd(SparkEvents.success(1, 2, 400, 1500, "1"));
        flow = ledger.take(at(2000));
        assertEquals(0.5, flow.busySeconds(), 1e-12);
        assertEquals(1.1, flow.seconds(), 1e-12);
        assertEquals(Flow.NONE, ledger.take(at(3000)));
    }

    @Test
    void aTaskThatNobodyNeedsAnyMoreHasNotFailed() {
        TaskMetrics metrics = new TaskMetrics();
        metrics.setExecutorRunTime(900);
        metrics.incDiskBytesSpilled(4096);
        ledger.onTaskEnd(SparkEvents.end(1, 1, 0, 1000, "1", TaskResultLost$.MODULE$, metrics));
        ledger.onTaskEnd(SparkEvents.end(
                1, 2, 0, 1000, "1", new TaskKilled("another attempt succeeded", nil(), nil(), nil()), null));
        Flow flow = ledger.take(at(1000));
        assertEquals(1, flow.failed());
        assertEquals(0, flow.finished());
        assertEquals(0.9, flow.runSeconds(), 1e-12);
        assertEquals(4096, flow.spilledBytes());
    }

    @SuppressWarnings("unchecked")
    private static <T> scala.collection.immutable.Seq<T> nil() {
        return (scala.collection.immutable.Seq<T>) (Object) Nil$.MODULE$;
    }

    @Test
    void aTaskIsExpectedToTakeWhatItsStagesTasksTookElseWhatAllTook() {
        assertEquals(OptionalDouble.empty(), ledger.expectedSeconds(FIRST, at(0)));
        ledger.onTaskStart(SparkEvents.start(1, 1, 0));
        assertEquals(OptionalDouble.of(0.3), ledger.expectedSeconds(FIRST, at(300)), "as long as it has run");
        ledger.onTaskEnd(SparkEvents.success(1, 1, 0, 1000, "1"));
        ledger.onTaskEnd(SparkEvents.success(1, 2, 0, 3000, "1"));
        assertEquals(OptionalDouble.of(2), ledger.expectedSeconds(FIRST, at(3000)));
        assertEquals(OptionalDouble.of(2), ledger.expectedSeconds(SECOND, at(3000)));
        ledger.onTaskStart(SparkEvents.start(2, 3, 3000));
        assertEquals(OptionalDouble.of(5), ledger.expectedSeconds(SECOND, at(8000)), "it has run longer already");
    }

    @Test
    void whatRemainsOfRunningTasksIsWhatTheyAreShortOf() {
        ledger.onTaskEnd(SparkEvents.success(1, 1, 0, 2000, "1"));
        ledger.onTaskStart(SparkEvents.start(1, 2, 2000));
        ledger.onTaskStart(SparkEvents.start(1, 3, 2500));
        assertEquals(1 + 1.5, ledger.remainingSeconds(FIRST, 2, at(3000)), 1e-12);
        assertEquals(1.5, ledger.remainingAtMost(at(3000)), 1e-12);
        assertEquals(0, ledger.overdue(at(3000)));
        assertEquals(1, ledger.overdue(at(4100)));
        assertEquals(0.4, ledger.remainingSeconds(FIRST, 2, at(4100)), 1e-12);
        ledger.onTaskStart(SparkEvents.start(2, 4, 4100));
        assertEquals(2, ledger.overdue(at(4101)), "of its stage none has ended, which says nothing of when it will");
    }

    @Test
    void stagesThatAreNotActiveTwiceAreForgotten() {
        ledger.onTaskStart(SparkEvents.start(1, 1, 0));
        ledger.retain(Set.of(SECOND));
        assertEquals(1, ledger.running());
        ledger.retain(Set.of(FIRST));
        ledger.retain(Set.of());
        assertEquals(1, ledger.running());
        ledger.retain(Set.of());
        assertEquals(0, ledger.running());
    }
}
