package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkExecutorPoolTest {
    private static long cachedBytes(SparkContext context) {
        ShuffleHoldings shuffles = new ShuffleHoldings(Duration.ofMinutes(1), InstantSource.system());
        List<ExecutorState> executors = new SparkExecutorPool(context, new ExecutorEvents(), shuffles).executors();
        assertEquals(1, executors.size());
        return executors.get(0).cachedBytes();
    }

    /** In a session that other tests share; what they cached is gone with them. */
    @Test
    void anExecutorHoldsWhatIsCachedAndNoBroadcasts() {
        SparkContext context = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()
                .sparkContext();
        JavaSparkContext java = new JavaSparkContext(context);
        Broadcast<byte[]> broadcast = java.broadcast(new byte[100_000]);
        assertEquals(
                200_000,
                java.parallelize(List.of(1, 2), 2)
                        .map(number -> broadcast.value().length)
                        .reduce(Integer::sum));
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (context.statusStore().executorList(true).head().memoryUsed() == 0) {
                Thread.onSpinWait();
            }
        });
        assertEquals(0, cachedBytes(context));

        JavaRDD<Integer> cached = java.parallelize(List.of(1, 2, 3, 4), 2).cache();
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (cachedBytes(context) == 0) {
                // Spark's status takes in what has happened when more happens.
                assertEquals(4, cached.count());
            }
        });
        cached.unpersist(true);
        broadcast.destroy();
    }
}
