package io.murmuration.jobs;

import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a job; master and settings come from the submission. */
final class Sessions {
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

    /** Stops Spark, if the job came so far as to start it, before the process ends. */
    static void close() {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop();
        }
    }
}
