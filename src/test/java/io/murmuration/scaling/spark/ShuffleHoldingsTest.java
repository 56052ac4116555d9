package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import scala.Option;

@DisplayName("Executors hold shuffle files that may be read again")
class ShuffleHoldingsTest {
    private static final long HOUR = 3_600_000;

    private long now;
    private final ShuffleHoldings holdings =
            new ShuffleHoldings(Duration.ofMinutes(5), () -> Instant.ofEpochMilli(now));

    private void jobEnds(int job, long at) {
        now = at;
        holdings.onJobEnd(new SparkListenerJobEnd(job, at, JobSucceeded$.MODULE$));
    }

    private Set<String> executorsAt(long millis) {
        now = millis;
        return holdings.executors();
    }

    @Test
    void fromTheFirstMapTaskToAWhileAfterTheEndOfTheJob() {
        holdings.onJobStart(SparkEvents.job(0, 0, 7, -1));
        assertEquals(Set.of(), holdings.executors());
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        holdings.onTaskEnd(SparkEvents.success(1, 2, 10, 20, "b"));
        assertEquals(Set.of("a"), executorsAt(HOUR), "the last stage writes no shuffle");
        jobEnds(0, HOUR);
        assertEquals(Set.of("a"), executorsAt(HOUR + 300_000));
        assertEquals(Set.of(), executorsAt(HOUR + 300_001));
    }

    @Test
    void aShuffleThatAnotherJobReadsStays() {
        holdings.onJobStart(SparkEvents.job(0, 0, 7, -1));
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        holdings.onJobStart(SparkEvents.job(1, 2, 7, -1));
        jobEnds(0, 30);
        assertEquals(Set.of("a"), executorsAt(HOUR));
        holdings.onExecutorRemoved(new SparkListenerExecutorRemoved(HOUR, "a", "lost"));
        assertEquals(Set.of(), holdings.executors());
    }

    @Test
    void aJobThatReadsAShuffleLongAfterItWasWrittenFindsItsHolders() {
        holdings.onJobStart(SparkEvents.job(0, 0, 7, -1));
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        jobEnds(0, 30);
        assertEquals(Set.of(), executorsAt(HOUR));
        holdings.onJobStart(SparkEvents.job(1, 2, 7, -1));
        assertEquals(Set.of("a"), holdings.executors());
    }

    /** As adaptive execution does it: each map stage is a job, and the job that reads begins when they have ended. */
    @Test
    void theMapStagesOfAQueryAreHeldUntilTheQueryHasEnded() {
        holdings.onJobStart(SparkEvents.jobOfQuery(4, 0, 0, 7));
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        jobEnds(0, 20);
        assertEquals(Set.of("a"), holdings.executors());
        holdings.onJobStart(SparkEvents.jobOfQuery(4, 1, 1, 8));
        holdings.onTaskEnd(SparkEvents.success(1, 2, 20, HOUR, "b"));
        jobEnds(1, HOUR);
        assertEquals(Set.of("a", "b"), executorsAt(2 * HOUR), "the next job has not begun");
        holdings.onJobStart(SparkEvents.jobOfQuery(4, 2, 0, 7, 8, -1));
        jobEnds(2, 3 * HOUR);
        holdings.onOtherEvent(new SparkListenerSQLExecutionEnd(4, 3 * HOUR, Option.empty()));
        assertEquals(Set.of("a", "b"), executorsAt(3 * HOUR + 1000));
        assertEquals(Set.of(), executorsAt(4 * HOUR));
    }

    @Test
    void whatSparkCleansUpIsHeldNoLonger() {
        holdings.onJobStart(SparkEvents.jobOfQuery(4, 0, 0, 7));
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        jobEnds(0, 20);
        holdings.shuffleCleaned(8);
        assertEquals(Set.of("a"), holdings.executors());
        holdings.shuffleCleaned(7);
        assertEquals(Set.of(), holdings.executors());
    }
}
