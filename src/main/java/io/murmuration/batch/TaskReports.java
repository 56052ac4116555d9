package io.murmuration.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Runs tasks that write, and gathers how they ended. */
final class TaskReports {
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 20_000_000L;

    private TaskReports() {}

    /**
     * Runs a job.
     *
     * @param ends a {@link TaskEnd} of every partition, as bytes
     * @param total takes up what was found, partition by partition: all findings at once may be too much for a driver
     * @return reports in the order of partitions
     * @throws CallerException if a task refused what it read
     */
    static List<TaskReport> collect(SparkSession session, JavaRDD<byte[]> ends, Findings total) {
        try {
            List<TaskReport> reports = new ArrayList<>();
            for (byte[] bytes : ends.collect()) {
                PartitionResult result = TaskEnd.result(bytes, PartitionResult.class);
                total.merge(result.findings());
                reports.add(result.report());
            }
            return reports;
        } catch (Exception e) {
            awaitOthers(session);
            throw e;
        }
    }

    /** Gathers the files of a table that tasks have written; whether there are any. */
    static boolean gather(List<TaskReport> reports, String table, OutputFolder folder) {
        boolean any = false;
        for (TaskReport report : reports) {
            if (report.tables().contains(table)) {
                folder.gather(report.attempt(), table);
                any = true;
            }
        }
        return any;
    }

    /**
     * Lets the other tasks of a job that has failed come to their ends: Spark only tells them to stop, and one that still
     * writes would lay new files into a folder that was cleaned up. Not for ever: another job of the application may be at
     * work.
     */
    private static void awaitOthers(SparkSession session) {
        long start = System.nanoTime();
        while (running(session) > 0 && System.nanoTime() - start < LONGEST_WAIT_NANOS) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static int running(SparkSession session) {
        return Arrays.stream(session.sparkContext().statusTracker().getExecutorInfos())
                .mapToInt(SparkExecutorInfo::numRunningTasks)
                .sum();
    }
}
