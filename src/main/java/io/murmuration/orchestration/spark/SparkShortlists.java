package io.murmuration.orchestration.spark;

import io.murmuration.orchestration.matching.Candidates;
import io.murmuration.orchestration.matching.LocalShortlists;
import io.murmuration.orchestration.matching.ProfileIndex;
import io.murmuration.orchestration.matching.ProfileIndex.Prices;
import io.murmuration.orchestration.matching.ShortlistSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Makes shortlists in tasks of Spark, each of which has the whole index; a few, for which no job is worth while, on the driver. */
final class SparkShortlists implements ShortlistSource, AutoCloseable {
    /** A job takes some tens of milliseconds, a shortlist some tens of microseconds. */
    private static final int WORTH_A_JOB = 1000;
    /** Tasks of Spark that each core gets at most, so that none waits for the slowest for long. */
    private static final int SLICES_A_CORE = 8;

    private final JavaSparkContext spark;
    private final Broadcast<ProfileIndex> everywhere;
    private final LocalShortlists here;

    SparkShortlists(JavaSparkContext spark, ProfileIndex index) {
        this.spark = spark;
        everywhere = spark.broadcast(index);
        here = new LocalShortlists(index);
    }

    @Override
    public List<Candidates> find(int[] tasks, int[] most, Prices prices) {
        if (tasks.length < WORTH_A_JOB) {
            return here.find(tasks, most, prices);
        }
        List<int[]> wanted = IntStream.range(0, tasks.length)
                .mapToObj(i -> new int[] {tasks[i], most[i]})
                .toList();
        Broadcast<long[]> told = spark.broadcast(prices.told());
        try {
            Broadcast<ProfileIndex> there = everywhere;
            int slices = Math.min(SLICES_A_CORE * spark.defaultParallelism(), tasks.length / (WORTH_A_JOB / 2));
            return spark.parallelize(wanted, slices)
                    .mapPartitions(slice -> find(there.value(), told.value(), slice))
                    .collect();
        } finally {
            told.destroy();
        }
    }

    private static Iterator<Candidates> find(ProfileIndex index, long[] told, Iterator<int[]> wanted) {
        Prices prices = index.prices(told);
        ProfileIndex.Search search = index.search();
        List<Candidates> found = new ArrayList<>();
        wanted.forEachRemaining(task -> found.add(search.find(task[0], task[1], prices)));
        return found.iterator();
    }

    @Override
    public void close() {
        everywhere.destroy();
    }
}
