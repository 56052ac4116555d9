package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Executors hold the shuffle files of jobs that run")
class ShuffleHoldingsTest {
    private final ShuffleHoldings holdings = new ShuffleHoldings();

    @Test
    void fromTheFirstMapTaskToTheEndOfTheJob() {
        holdings.onJobStart(SparkEvents.job(0, 0, 7, -1));
        assertEquals(Set.of(), holdings.executors());
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        holdings.onTaskEnd(SparkEvents.success(1, 2, 10, 20, "b"));
        assertEquals(Set.of("a"), holdings.executors(), "the last stage writes no shuffle");
        holdings.onJobEnd(new SparkListenerJobEnd(0, 30, JobSucceeded$.MODULE$));
        assertEquals(Set.of(), holdings.executors());
    }

    @Test
    void aShuffleThatAnotherJobReadsStays() {
        holdings.onJobStart(SparkEvents.job(0, 0, 7, -1));
        holdings.onTaskEnd(SparkEvents.success(0, 1, 0, 10, "a"));
        holdings.onJobStart(SparkEvents.job(1, 2, 7, -1));
        holdings.onJobEnd(new SparkListenerJobEnd(0, 30, JobSucceeded$.MODULE$));
        assertEquals(Set.of("a"), holdings.executors());
        holdings.onExecutorRemoved(new SparkListenerExecutorRemoved(40, "a", "lost"));
        assertEquals(Set.of(), holdings.executors());
    }
}
