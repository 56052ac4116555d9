package io.murmuration.orchestration.spark;

import io.murmuration.orchestration.matching.Candidates;
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
    /** Tasks of Spark that each core gets, so that none waits for the slowest for long. */
    private static final int SLICES_A_CORE = 8;

    private final JavaSparkContext spark;
    private final ProfileIndex index;
    private final Broadcast<ProfileIndex> everywhere;
    private final ProfileIndex.Search search;

    SparkShortlists(JavaSparkContext spark, ProfileIndex index) {
        this.spark = spark;
        this.index = index;
        everywhere = spark.broadcast(index);
        search = index.search();
    }

    @Override
    public List<Candidates> find(int[] tasks, int[] most, Prices prices) {
        if (tasks.length < WORTH_A_JOB) {
            return IntStream.range(0, tasks.length)
                    .mapToObj(i -> search.find(tasks[i], most[i], prices))
                    .toList();
        }
        List<int[]> wanted = IntStream.range(0, tasks.length)
                .mapToObj(i -> new int[] {tasks[i], most[i]})
                .toList();
        Broadcast<long[]> told = spark.broadcast(prices.told());
        try {
            Broadcast<ProfileIndex> there = everywhere;
            return spark.parallelize(wanted, SLICES_A_CORE * spark.defaultParallelism())
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

    ProfileIndex index() {
        return index;
    }

    @Override
    public void close() {
        everywhere.destroy();
    }
}
