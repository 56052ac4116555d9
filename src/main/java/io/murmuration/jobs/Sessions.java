package io.murmuration.jobs;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a job; master and settings come from the submission. */
final class Sessions {
    /** What Spark keeps of the past, on the driver, whether or not anybody looks. */
    private static final List<String> RETAINED =
            List.of("spark.ui.retainedJobs", "spark.ui.retainedStages", "spark.sql.ui.retainedExecutions");

    private static final long MOST_RETAINED = 100;

    private Sessions() {}

    static SparkSession open(String application) {
        SparkSession session = openQuietly(application);
        if (!session.sparkContext().conf().getBoolean("spark.ui.showConsoleProgress", false)) {
            session.sparkContext().addSparkListener(new ProgressLog());
        }
        return session;
    }

    /** The same for a job that says itself how far it is. */
    static SparkSession openQuietly(String application) {
        SparkSession session = SparkSession.builder().appName(application).getOrCreate();
        // Times are UTC, whatever the machine's zone.
        session.conf().set("spark.sql.session.timeZone", "UTC");
        return session;
    }

    /** The same for a job that runs for good: of what Spark keeps to show it, the last of it is enough. */
    static SparkSession openForGood(String application) {
        SparkConf given = new SparkConf();
        SparkSession.Builder builder = SparkSession.builder();
        RETAINED.stream().filter(what -> !given.contains(what)).forEach(what -> builder.config(what, MOST_RETAINED));
        builder.appName(application).getOrCreate();
        return openQuietly(application);
    }

    /** Stops Spark, if the job came so far as to start it, before the process ends. */
    static void close() {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop();
        }
    }
}
